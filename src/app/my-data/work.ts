import type { ExportDependencies } from './export.ts';
import type { ForgetDependencies } from './forget.ts';
import type { Keeping } from './ports.ts';

/** What a worker needs to look after people's data. */
export type MyDataDependencies = ForgetDependencies &
  ExportDependencies & {
    keeping: Keeping;
    /** For how long transcripts are kept of who has not chosen, in milliseconds; null: until they delete them. */
    keptForMs: number | null;
  };
