import type { RetentionDependencies } from './apply-retention.ts';
import type { EraseDependencies } from './erase.ts';
import type { ExportDependencies } from './export.ts';
import type { Retention } from './store/retention.ts';

/** Dependencies of a worker's exports, erasures and retention. */
export type MyDataDependencies = EraseDependencies &
  ExportDependencies & {
    retention: Retention;
    voiceprints: RetentionDependencies['voiceprints'];
    /** Retention for users without a choice, in ms; null: until the user deletes the transcripts. */
    defaultRetentionMs: number | null;
  };

export { applyRetention } from './apply-retention.ts';
export { sweepErasures } from './erase.ts';
export { sweepExports } from './export.ts';
export { createErasures, type Erasures, isErasureDue } from './store/erasures.ts';
export { createExports, isExportDue } from './store/exports.ts';
export { createRetention, type Retention } from './store/retention.ts';
