import type { EraseDependencies } from './erase.ts';
import type { ExportDependencies } from './export.ts';
import type { Retention } from './ports.ts';

/** Dependencies of a worker's exports, erasures and retention. */
export type MyDataDependencies = EraseDependencies &
  ExportDependencies & {
    keeping: Retention;
    /** Retention for users without a choice, in ms; null: until the user deletes the transcripts. */
    keptForMs: number | null;
  };
