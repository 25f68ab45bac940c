import type { EngineProfile, EngineReadiness } from '../../domain/engine.ts';
import type { EngineModel } from '../../domain/engine-model.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import type { EngineOffer } from '../../domain/status.ts';

/** What a worker reports about one of its engines. */
export type EngineReport = {
  readonly profile: EngineProfile;
  readonly readiness: EngineReadiness;
  /** Models on the worker's machine; absent for engines without any. */
  readonly models?: readonly EngineModel[] | undefined;
  /** Last known credit of the account; null or absent: unknown. */
  readonly credit?: string | null | undefined;
  /** Time since the circuit was last closed, in ms; null or absent: it is closed. */
  readonly circuitOpenMs?: number | null;
};

/** Engines that workers can run now, as the workers report them. */
export type EngineReports = {
  /** Reports engines of this worker. */
  report(reports: readonly EngineReport[]): Promise<void>;
  /** Returns the engines that take jobs, in the order of `engineIds`. */
  offers(): Promise<EngineOffer[]>;
  /** Returns an engine's recent seconds of work per second of audio, from real jobs; null before there were any. */
  realTimeFactor(engine: EngineId): Promise<number | null>;
  /** Returns the engine that the user chose last. */
  lastEngine(userId: UserId): Promise<EngineId | null>;
};
