import type { EngineProfile, EngineReadiness } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import type { EngineOffer } from '../../domain/status.ts';

/** Engines that workers can run now, as the workers report them. */
export type EngineReports = {
  /**
   * Reports an engine of this worker.
   * @param credit last known credit of the account; null: unknown
   * @param circuitOpenMs time since the circuit was last closed, in ms; null: it is closed
   */
  report(
    profile: EngineProfile,
    readiness: EngineReadiness,
    credit?: string | null,
    circuitOpenMs?: number | null,
  ): Promise<void>;
  /** Returns the engines that take jobs, in the order of `engineIds`. */
  offers(): Promise<EngineOffer[]>;
  /** Returns an engine's recent seconds of work per second of audio, from real jobs; null before there were any. */
  realTimeFactor(engine: EngineId): Promise<number | null>;
  /** Returns the engine that the user chose last. */
  lastEngine(userId: UserId): Promise<EngineId | null>;
};
