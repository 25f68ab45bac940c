import type { Engine } from '../domain/engine.ts';

/**
 * All engines, in the order in which they are offered. This much every process knows; only workers build the engines
 * themselves (registry.ts).
 */
export const engineCatalogue: readonly Pick<Engine, 'id' | 'kind' | 'name'>[] = [
  { id: 'local', kind: 'local', name: 'LOCAL' },
];
