import { logError } from '../src/app/log-error.ts';
import type { Log } from '../src/app/ports/log.ts';
import type { Engine } from '../src/domain/engine.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import { toDabirError } from '../src/domain/errors.ts';
import type { PeriodicWork } from '../src/runtime/periodic-work.ts';

/** Pause between two probes, in ms. */
const probeIntervalMs = 15 * 60_000;
const timeoutMs = 30_000;

/**
 * Starts the probes of remote engines that offer a cheap check of their state and of the account's
 * balance. The log and the admin page then show an empty account before a file of a user fails.
 * @param credits receives the latest balance of each engine
 */
export function startProber(
  periodic: PeriodicWork,
  engines: readonly Engine[],
  log: Log,
  credits = new Map<EngineId, string | null>(),
): void {
  periodic.every('engine probes', probeIntervalMs, async (leaving) => {
    await Promise.all(engines.map((engine) => probe(engine, leaving, log, credits)));
  });
}

async function probe(
  engine: Engine,
  leaving: AbortSignal,
  log: Log,
  credits: Map<EngineId, string | null>,
): Promise<void> {
  const { id } = engine.profile;
  try {
    const result = await engine.probe?.(AbortSignal.any([leaving, AbortSignal.timeout(timeoutMs)]));
    if (result === undefined) return;
    credits.set(id, result.credit);
    log.info({ engine: id, credit: result.credit }, 'the service answers');
  } catch (thrown) {
    if (leaving.aborted) return;
    const { code } = toDabirError(thrown);
    logError(log, 'warn', { engine: id, code }, thrown, 'the service is not well');
  }
}
