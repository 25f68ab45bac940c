import type { EngineReading, Readings } from '../../src/app/monitoring/standstills.ts';
import type { EngineId } from '../../src/domain/engine-names.ts';

/** Returns the readings of a Dabir in which nothing waits and all is well. */
export function quietReadings(change: Partial<Readings> = {}): Readings {
  return {
    takenAt: new Date(),
    engines: [engineReading('local')],
    bots: { alive: 1, absentSeconds: null },
    workers: { alive: 1, absentSeconds: null },
    answers: { unsent: 0, oldestSeconds: null },
    fullDisks: [],
    updates: { pending: 0, stuckSeconds: null, lastError: null },
    telegramAwaySeconds: null,
    tokensAwaySeconds: null,
    backupSeconds: null,
    ...change,
  };
}

/** Returns the readings of an engine that one worker reports as ready, without files. */
export function engineReading(engine: EngineId, change: Partial<EngineReading> = {}): EngineReading {
  return {
    engine,
    pending: 0,
    queued: 0,
    processing: 0,
    oldestQueuedSeconds: null,
    idleSeconds: null,
    workers: { ready: 1, preparing: 0, resting: 0, paused: 0, unavailable: 0 },
    openCircuits: 0,
    circuitOpenSeconds: null,
    tokens: { waiting: 0, active: 0 },
    ...change,
  };
}
