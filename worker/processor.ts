import { performance } from 'node:perf_hooks';
import { type Circuit, createCircuit, guarded } from '../src/app/circuit.ts';
import { onceAtATime } from '../src/app/claim.ts';
import { type RunJobDependencies, runJob } from '../src/app/run-job.ts';
import type { Engine, EngineKind } from '../src/domain/engine.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import { waitAtMost } from '../src/lib/wait-at-most.ts';
import type { TokenBackend } from '../src/queue/backend.ts';
import { consumeTokens } from '../src/queue/token.ts';
import type { TokenIntake } from './stall-watch.ts';

export type Processor = {
  /** The engines behind their circuits: an engine that fails too often rests. */
  readonly engines: readonly Engine[];
  readonly circuits: ReadonlyMap<EngineId, Pick<Circuit, 'openMs'>>;
  /** The receiving ends of the engines' queues, for the stall watch. */
  readonly intakes: readonly TokenIntake[];
  /** Pauses exactly these engines and resumes all others. Running transcriptions continue. */
  setPaused(engines: readonly EngineId[]): void;
  /**
   * Stops taking tokens, waits up to the grace time for running transcriptions, requeues the rest,
   * and resolves.
   */
  close(): Promise<void>;
};

/**
 * Starts a token consumer with its own slots for each engine, so that no engine delays another.
 * Transcriptions for an engine that is still being prepared stay in their lanes. Its tokens are
 * taken once it is ready, or known to be unavailable; their transcriptions then fail with a reason.
 * An engine that fails repeatedly gets no tokens for a while, and then one as a trial.
 * @param slots number of parallel transcriptions on each engine of a kind
 * @param graceMs time that running transcriptions may take after `close`, in ms
 */
export function startProcessor(
  backend: TokenBackend,
  slots: Readonly<Record<EngineKind, number>>,
  engines: readonly Engine[],
  dependencies: Omit<RunJobDependencies, 'engines'>,
  graceMs: number,
): Processor {
  const shutdown = new AbortController();
  const paused = new Set<EngineId>();
  /** Resolves when the paused engines are known; no engine takes a token before. */
  const pausesKnown = Promise.withResolvers<void>();
  const guardedEngines = new Map<EngineId, Engine>();
  const circuits = new Map<EngineId, Circuit>();
  const served = engines.map((engine) => {
    const { id, kind } = engine.profile;
    const maxSlots = slots[kind];
    const circuit = createCircuit((state) => {
      dependencies.log.warn({ engine: id, circuit: state }, 'the circuit has changed');
      take();
    });
    circuits.set(id, circuit);
    guardedEngines.set(
      id,
      guarded(engine, circuit, () => paused.has(id)),
    );
    let lastTokenAt = performance.now();
    /** Number of running transcriptions of each consumer; every renewal creates a new consumer. */
    const underWay = new Map<number, number>();
    let renewals = 0;
    const count = (consumer: number, change: number) =>
      underWay.set(consumer, (underWay.get(consumer) ?? 0) + change);
    const running = () => [...underWay.values()].reduce((sum, files) => sum + files, 0);
    const consumer = consumeTokens(
      backend,
      id,
      onceAtATime(async (token) => {
        lastTokenAt = performance.now();
        // Paused a moment ago. The transcription keeps its place; the sweep sends its token again.
        if (paused.has(id)) return 'used';
        // Fetched while this process stops: nobody would claim it before the sweep sends it again.
        if (shutdown.signal.aborted) return 'returned';
        const own = renewals;
        count(own, 1);
        try {
          await runJob({ ...dependencies, engines: guardedEngines }, token, shutdown.signal);
        } finally {
          count(own, -1);
          // The slot now belongs to the new consumer.
          if (own !== renewals) take();
        }
        return 'used';
      }),
      dependencies.log,
    );
    let open = false;
    const take = () => {
      if (!open) return;
      const takenBefore = running() - (underWay.get(renewals) ?? 0);
      const closed = Math.max(1, maxSlots - takenBefore);
      consumer.take(paused.has(id) ? 0 : { closed, open: 0, 'half-open': 1 }[circuit.state]);
    };
    void Promise.allSettled([engine.whenReady(shutdown.signal), pausesKnown.promise]).then(() => {
      open = !shutdown.signal.aborted;
      take();
    });
    const intake: TokenIntake = {
      engine: id,
      canTake: () => open && !paused.has(id) && circuit.state === 'closed' && running() < maxSlots,
      lastTokenAt: () => lastTokenAt,
      renew() {
        renewals += 1;
        consumer.renew();
        take();
      },
    };
    return {
      id,
      take,
      intake,
      close() {
        open = false;
        circuit.close();
        return consumer.close();
      },
    };
  });
  return {
    engines: [...guardedEngines.values()],
    circuits,
    intakes: served.map(({ intake }) => intake),
    setPaused(ids) {
      pausesKnown.resolve();
      for (const { id, take } of served) {
        if (paused.has(id) === ids.includes(id)) continue;
        if (ids.includes(id)) paused.add(id);
        else paused.delete(id);
        dependencies.log.warn({ engine: id, paused: paused.has(id) }, 'engine paused or resumed');
        take();
      }
    },
    async close() {
      const closed = Promise.all(served.map((one) => one.close()));
      await waitAtMost(graceMs, closed);
      shutdown.abort();
      await closed;
    },
  };
}
