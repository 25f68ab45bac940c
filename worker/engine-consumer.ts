import { performance } from 'node:perf_hooks';
import type { Log } from '../src/app/ports/log.ts';
import type { Circuit } from '../src/app/run/circuit.ts';
import { runOncePerToken } from '../src/app/run/claim.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import type { Token } from '../src/domain/transcription.ts';
import type { TokenBackend } from '../src/queue/backend.ts';
import { consumeTokens } from '../src/queue/token.ts';
import type { TokenIntake } from './stall-watch.ts';

/** Takes the tokens of one engine, as many at the same time as it has slots. */
export type EngineConsumer = {
  /** The receiving end of the engine's queue, for the stall watch. */
  readonly intake: TokenIntake;
  /** Applies a change of the pauses or of the circuit. */
  adjust(): void;
  /** Stops taking tokens; resolves when the running jobs have ended. */
  close(): Promise<void>;
};

/** An engine's consumer with everything that decides how many tokens it takes. */
export type EngineConsumerOptions = {
  readonly backend: TokenBackend;
  readonly engine: EngineId;
  /** Maximum number of jobs at the same time. */
  readonly maxJobs: number;
  readonly circuit: Pick<Circuit, 'state'>;
  isPaused(): boolean;
  /** Settles when tokens may be taken: the engine is ready or known to be unavailable, and the pauses are known. */
  readonly whenReady: Promise<unknown>;
  /** Aborts when this process is about to end. */
  readonly shutdown: AbortSignal;
  readonly log: Log;
};

/** Starts a consumer. It takes no token before `whenReady` has settled. */
export function startEngineConsumer(
  { backend, engine, maxJobs, circuit, isPaused, whenReady, shutdown, log }: EngineConsumerOptions,
  runJob: (token: Token) => Promise<void>,
): EngineConsumer {
  const jobs = countJobs();
  let isTaking = false;
  let lastTokenAt = performance.now();
  const consumer = consumeTokens(
    backend,
    engine,
    runOncePerToken(async (token) => {
      lastTokenAt = performance.now();
      // Paused after the token was sent. The transcription keeps its place; the sweep sends its token again.
      if (isPaused()) return 'used';
      // This process stops. As a used token it would be missing until the sweep sends it again.
      if (shutdown.aborted) return 'returned';
      const end = jobs.begin();
      try {
        await runJob(token);
      } finally {
        // The slot of a job from before a renewal now belongs to the new connections.
        if (end() === 'earlier') adjust();
      }
      return 'used';
    }),
    log,
  );
  const adjust = () => {
    if (!isTaking) return;
    const free = Math.max(1, maxJobs - jobs.earlier());
    consumer.take(isPaused() ? 0 : { closed: free, open: 0, 'half-open': 1 }[circuit.state]);
  };
  void whenReady.then(() => {
    isTaking = !shutdown.aborted;
    adjust();
  });
  return {
    intake: {
      engine,
      canTake: () => isTaking && !isPaused() && circuit.state === 'closed' && jobs.all() < maxJobs,
      lastTokenAt: () => lastTokenAt,
      renew() {
        jobs.renew();
        consumer.renew();
        adjust();
      },
    },
    adjust,
    close() {
      isTaking = false;
      return consumer.close();
    },
  };
}

/** Counts running jobs. After a renewal of the connections, the jobs from before still hold their slots. */
function countJobs() {
  /** Number of running jobs by the renewal after which they began. */
  const running = new Map<number, number>();
  let renewals = 0;
  const add = (renewal: number, change: number) => running.set(renewal, (running.get(renewal) ?? 0) + change);
  const all = () => [...running.values()].reduce((sum, jobs) => sum + jobs, 0);
  return {
    /** Counts a job; the returned function ends it, and says whether it began before the last renewal. */
    begin(): () => 'earlier' | 'present' {
      const renewal = renewals;
      add(renewal, 1);
      return () => {
        add(renewal, -1);
        return renewal === renewals ? 'present' : 'earlier';
      };
    },
    renew() {
      renewals += 1;
    },
    all,
    /** Returns the number of jobs that began before the last renewal. */
    earlier: () => all() - (running.get(renewals) ?? 0),
  };
}
