import type { ExportDependencies } from './export.ts';
import type { ForgetDependencies } from './forget.ts';
import type { Keeping } from './ports.ts';

/** Dependencies of a worker's exports, erasures and retention. */
export type MyDataDependencies = ForgetDependencies &
  ExportDependencies & {
    keeping: Keeping;
    /** Retention for users without a choice, in ms; null: until the user deletes the transcripts. */
    keptForMs: number | null;
  };
