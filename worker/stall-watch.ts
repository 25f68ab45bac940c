import { performance } from 'node:perf_hooks';
import type { Lanes, Tokens } from '../src/app/ports/lanes.ts';
import type { Log } from '../src/app/ports/operations.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import { toDabirError } from '../src/domain/errors.ts';
import type { Token } from '../src/domain/transcription.ts';
import { repeat } from '../src/sweeping.ts';

/** A worker that could take files and has taken none of those that wait for so long is stalled, in milliseconds. */
const stalledMs = 60_000;

/** So many looks fall into that time. */
const looksPerPeriod = 4;

/** So many waiting files are looked at: any one of them that nobody takes is enough. */
const lookedAt = 50;

/** One engine's end of the token queue, as the watch sees it. */
export type Intake = {
  readonly engine: EngineId;
  /** True while a token would be taken at once: the engine is ready, its circuit closed, a slot free. */
  canTake(): boolean;
  /** When the last token came, stale ones too, by `performance.now()`; when it was opened, before the first. */
  lastTokenAt(): number;
  /** Opens new connections to the queue. */
  renew(): void;
};

export type StallWatch = {
  /** Rejects with a sentence while this worker takes no files that it should take. */
  check(): Promise<void>;
  stop(): Promise<void>;
};

type State = {
  /** Waiting tokens (`id:fence`) by when they were first seen; whoever takes or loses one changes its fence. */
  seen: Map<string, number>;
  /** Since when a token would have been taken at once; null while it would not. */
  ableSince: number | null;
  renewedAt: number | null;
  problem: string | null;
};

/**
 * Looks whether tokens still reach this worker. After a minute in vain it is not ready, and begins anew with other
 * connections; after another one `giveUp` is called, so that a supervisor may start it again. Files that others take in
 * time are no sign of anything, and neither is a queue that cannot be reached or sent to: a restart would not help.
 * @param queueAnswers rejects while the token backend does not answer
 * @param periodMs of each of the two steps
 */
export function startStallWatch(
  {
    lanes,
    tokens,
    queueAnswers,
    log,
  }: { lanes: Pick<Lanes, 'queuedTokens'>; tokens: Tokens; queueAnswers: () => Promise<void>; log: Log },
  intakes: readonly Intake[],
  giveUp: (why: string) => void,
  periodMs = stalledMs,
): StallWatch {
  const states = new Map(intakes.map(({ engine }) => [engine, newState()]));

  const look = async (intake: Intake, state: State): Promise<void> => {
    const now = performance.now();
    if (!intake.canTake()) {
      Object.assign(state, newState());
      return;
    }
    state.ableSince ??= now;
    const waiting = await lanes.queuedTokens(intake.engine, lookedAt);
    state.seen = new Map(waiting.map((token) => [keyOf(token), state.seen.get(keyOf(token)) ?? now]));
    const [oldest] = waiting.toSorted((one, other) => seenAt(state, one) - seenAt(state, other));
    const lastTokenAt = intake.lastTokenAt();
    if (state.problem !== null && (oldest === undefined || lastTokenAt > (state.renewedAt ?? 0))) {
      log.info({ engine: intake.engine }, 'files are taken again');
      Object.assign(state, newState());
      return;
    }
    if (oldest === undefined) return;
    const since = Math.max(seenAt(state, oldest), lastTokenAt, state.ableSince, state.renewedAt ?? 0);
    if (now - since < periodMs) return;
    // The token is in the queue for certain now; where it cannot be put there, this worker is not to blame.
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
    log.error({ engine: intake.engine, waiting: waiting.length }, `${problem}; connecting anew`);
    state.problem = problem;
    state.renewedAt = now;
    intake.renew();
  };

  const round = async () => {
    const isReachable = await queueAnswers().then(
      () => true,
      () => false,
    );
    for (const intake of intakes) {
      const state = states.get(intake.engine) ?? newState();
      try {
        if (!isReachable) throw new Error('the token queue does not answer');
        await look(intake, state);
      } catch (error) {
        // Nothing can be said; the time is counted from the beginning.
        Object.assign(state, newState());
        log.debug({ engine: intake.engine, cause: toDabirError(error).message }, 'not looked for a stall');
      }
    }
  };

  return {
    async check() {
      const problems = [...states.values()].flatMap(({ problem }) => problem ?? []);
      if (problems.length > 0) throw new Error(problems.join('; '));
    },
    stop: repeat('stall watch', periodMs / looksPerPeriod, round, log),
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
