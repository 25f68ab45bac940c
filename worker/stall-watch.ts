import { performance } from 'node:perf_hooks';
import { logError } from '../src/app/log-error.ts';
import type { Lanes } from '../src/app/ports/lanes.ts';
import type { Log } from '../src/app/ports/log.ts';
import type { Tokens } from '../src/app/ports/tokens.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import type { Token } from '../src/domain/transcription.ts';
import { createPeriodicWork } from '../src/runtime/periodic-work.ts';

/** Time after which a worker is stalled that could take tokens and has taken none of the waiting ones, in ms. */
const stalledMs = 60_000;

/** Number of checks within that time. */
const checksPerPeriod = 4;

/** Maximum number of waiting tokens that are read; a single one that no worker takes is enough. */
const maxInspected = 50;

/** The receiving end of one engine's queue, as the stall watch sees it. */
export type TokenIntake = {
  readonly engine: EngineId;
  /**
   * Returns true when a token would be taken at once: the engine is ready, its circuit is closed and a slot is free.
   */
  canTake(): boolean;
  /** Time of the last token, stale ones included, by `performance.now()`; before the first one, the time of opening. */
  lastTokenAt(): number;
  /** Opens new connections to the queue. */
  renew(): void;
};

export type StallWatch = {
  /** Rejects with one sentence while this worker is stalled. */
  check(): Promise<void>;
  stop(): Promise<void>;
};

type State = {
  /** Waiting tokens (`id:fence`) with the time at which they were first seen. A claim or a loss changes the fence. */
  seen: Map<string, number>;
  /** Time since which a token would have been taken at once; null while it would not be. */
  ableSince: number | null;
  renewedAt: number | null;
  problem: string | null;
};

/**
 * Checks that tokens still reach this worker. After one period without them, the worker is not
 * ready and opens new connections. After a second one, `giveUp` is called, so that a supervisor can
 * restart the worker. Tokens that other workers take in time do not count, and neither does a queue
 * that cannot be reached or written to, because a restart would not help.
 * @param checkTokenBackend rejects while the token backend does not answer
 * @param giveUp receives the reason in one sentence
 * @param periodMs length of each of the two periods, in ms
 */
export function startStallWatch(
  {
    lanes,
    tokens,
    checkTokenBackend,
    log,
  }: {
    lanes: Pick<Lanes, 'listQueuedTokens'>;
    tokens: Tokens;
    checkTokenBackend: () => Promise<void>;
    log: Log;
  },
  intakes: readonly TokenIntake[],
  giveUp: (why: string) => void,
  periodMs = stalledMs,
): StallWatch {
  const states = new Map(intakes.map(({ engine }) => [engine, newState()]));

  const checkIntake = async (intake: TokenIntake, state: State): Promise<void> => {
    const now = performance.now();
    if (!intake.canTake()) {
      Object.assign(state, newState());
      return;
    }
    state.ableSince ??= now;
    const waiting = await lanes.listQueuedTokens(intake.engine, maxInspected);
    state.seen = new Map(waiting.map((token) => [keyOf(token), state.seen.get(keyOf(token)) ?? now]));
    const [oldest] = waiting.toSorted((one, other) => seenAt(state, one) - seenAt(state, other));
    const lastTokenAt = intake.lastTokenAt();
    if (state.problem !== null && (oldest === undefined || lastTokenAt > (state.renewedAt ?? 0))) {
      log.info({ engine: intake.engine }, 'tokens are taken again');
      Object.assign(state, newState());
      return;
    }
    if (oldest === undefined) return;
    const since = Math.max(seenAt(state, oldest), lastTokenAt, state.ableSince, state.renewedAt ?? 0);
    if (now - since < periodMs) return;
    // Sent once more, so that it is in the queue for certain. When that fails, this worker is not the cause.
    await tokens.send(oldest);
    const problem = `no file taken for ${Math.round((now - since) / 1000)} s, though ${intake.engine} has files waiting and slots free`;
    if (state.renewedAt !== null) {
      log.error(
        { engine: intake.engine, waiting: waiting.length },
        `${problem}; new connections did not help`,
      );
      giveUp(problem);
      return;
    }
    log.error({ engine: intake.engine, waiting: waiting.length }, `${problem}; opening new connections`);
    state.problem = problem;
    state.renewedAt = now;
    intake.renew();
  };

  const round = async () => {
    const isReachable = await checkTokenBackend().then(
      () => true,
      () => false,
    );
    for (const intake of intakes) {
      const state = states.get(intake.engine) ?? newState();
      try {
        if (isReachable) await checkIntake(intake, state);
        // The state of the queue is unknown, so the time starts again.
        else Object.assign(state, newState());
      } catch (error) {
        Object.assign(state, newState());
        logError(log, 'debug', { engine: intake.engine }, error, 'stall check skipped');
      }
    }
  };

  // A registry of its own, because the watch stops before the queues that it watches.
  const periodic = createPeriodicWork(log);
  periodic.every('stall watch', periodMs / checksPerPeriod, round);
  return {
    async check() {
      const problems = [...states.values()].flatMap(({ problem }) => problem ?? []);
      if (problems.length > 0) throw new Error(problems.join('; '));
    },
    stop: periodic.stop,
  };
}

function newState(): State {
  return { seen: new Map(), ableSince: null, renewedAt: null, problem: null };
}

function keyOf({ id, fence }: Token): string {
  return `${id}:${fence}`;
}

function seenAt({ seen }: State, token: Token): number {
  return seen.get(keyOf(token)) ?? Number.POSITIVE_INFINITY;
}
