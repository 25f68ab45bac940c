import type { Pauses } from '../src/app/ports/pauses.ts';
import type { DueWork } from '../src/compose/due-work.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import { arePausesOther } from '../src/store/pauses.ts';
import type { Processor } from './processor.ts';

/**
 * Returns the work of a worker that follows the pauses of engines. It is due when the pauses have changed, and once at
 * the start.
 */
export function pauseWork(pauses: Pick<Pauses, 'list'>, processor: Pick<Processor, 'setPaused'>): DueWork {
  let known: readonly EngineId[] | null = null;
  return {
    isDue: () => arePausesOther(known),
    async round() {
      known = (await pauses.list()).map(({ engine }) => engine);
      processor.setPaused(known);
    },
  };
}
