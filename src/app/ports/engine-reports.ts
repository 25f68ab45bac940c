import type { EngineProfile, EngineReadiness } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { UserId } from '../../domain/ids.ts';
import type { EngineOffer } from '../../domain/status.ts';

/** Which engines somebody can run now, as the workers report it. */
export type EngineReports = {
  /**
   * @param credit what the service told of the account last; null: nothing, or nobody asked
   * @param circuitOpenMs for how long the circuit has not been closed; null: it is
   */
  report(
    profile: EngineProfile,
    readiness: EngineReadiness,
    credit?: string | null,
    circuitOpenMs?: number | null,
  ): Promise<void>;
  /** Engines that take files, in the order of `engineIds`. */
  offers(): Promise<EngineOffer[]>;
  /** Seconds that an engine took for a second of audio lately, by real runs; null before there were any. */
  pace(engine: EngineId): Promise<number | null>;
  /** The person's last choice. */
  lastEngine(userId: UserId): Promise<EngineId | null>;
};
