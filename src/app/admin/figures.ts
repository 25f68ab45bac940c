import type { Cost, EngineReadiness } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';

/** Figures about the whole bot, for admins. */
export type Figures = {
  /** Returns the totals of the last calendar days, including today. */
  totals(days: number): Promise<Totals>;
  /** Returns the number of transcriptions that have not ended, at most `max`. */
  countOpen(max: number): Promise<number>;
  /** Returns every engine that a worker reported recently. */
  engines(): Promise<EngineFigures[]>;
  /** Returns the failures of the last seven days, the most frequent first. */
  failures(): Promise<FailureGroup[]>;
};

export type Totals = {
  readonly files: number;
  readonly seconds: number;
  readonly users: number;
  readonly failures: number;
  readonly costs: readonly Cost[];
};

export type EngineFigures = {
  readonly engine: EngineId;
  /** The best readiness that a worker reports. */
  readonly readiness: EngineReadiness;
  /** Share of its last transcriptions (at most 100) that it did not fail; null before there were any. */
  readonly success: number | null;
};

export type FailureGroup = {
  readonly code: string;
  readonly engine: string;
  readonly count: number;
  readonly last: Date;
};
