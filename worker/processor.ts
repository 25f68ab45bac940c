import { type Circuit, createCircuit, withCircuit } from '../src/app/run/circuit.ts';
import { type RunJobDependencies, runJob } from '../src/app/run/run-job.ts';
import type { Engine, EngineKind } from '../src/domain/engine.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import { waitAtMost } from '../src/lib/wait-at-most.ts';
import type { TokenBackend } from '../src/queue/backend.ts';
import { type EngineConsumer, startEngineConsumer } from './engine-consumer.ts';
import type { TokenIntake } from './stall-watch.ts';

export type ProcessorOptions = {
  readonly backend: TokenBackend;
  /** Number of parallel transcriptions on each engine of a kind. */
  readonly slots: Readonly<Record<EngineKind, number>>;
  readonly engines: readonly Engine[];
  /** Time that running transcriptions may take after `close`, in ms. */
  readonly graceMs: number;
};

export type Processor = {
  /** The engines behind their circuits: an engine that fails too often rests. */
  readonly engines: readonly Engine[];
  readonly circuits: ReadonlyMap<EngineId, Pick<Circuit, 'openMs'>>;
  /** The receiving ends of the engines' queues, for the stall watch. */
  readonly intakes: readonly TokenIntake[];
  /** Pauses exactly these engines and resumes all others. Running transcriptions continue. */
  setPaused(engines: readonly EngineId[]): void;
  /** Stops taking tokens, waits up to the grace time for running transcriptions, requeues the rest, and resolves. */
  close(): Promise<void>;
};

/**
 * Starts a token consumer with its own slots for each engine, so that no engine delays another.
 * Transcriptions for an engine that is still being prepared stay in their lanes. Its tokens are
 * taken once it is ready, or known to be unavailable; their transcriptions then fail with a reason.
 * An engine that fails repeatedly gets no tokens for a while, and then one as a trial.
 */
export function startProcessor(
  { backend, slots, engines, graceMs }: ProcessorOptions,
  dependencies: Omit<RunJobDependencies, 'engines'>,
): Processor {
  const { log } = dependencies;
  const shutdown = new AbortController();
  const paused = new Set<EngineId>();
  /** Resolves when the paused engines are known; no engine takes a token before. */
  const pausesKnown = Promise.withResolvers<void>();
  const circuits = new Map<EngineId, Circuit>();
  const guardedEngines = new Map<EngineId, Engine>();
  const consumers = new Map<EngineId, EngineConsumer>();
  for (const engine of engines) {
    const { id, kind } = engine.profile;
    const isPaused = () => paused.has(id);
    const circuit = createCircuit((state) => {
      log.warn({ engine: id, circuit: state }, 'circuit changed');
      consumers.get(id)?.adjust();
    });
    circuits.set(id, circuit);
    guardedEngines.set(id, withCircuit(engine, circuit, isPaused));
    const whenReady = Promise.allSettled([engine.whenReady(shutdown.signal), pausesKnown.promise]);
    const consumer = startEngineConsumer(
      {
        backend,
        engine: id,
        maxJobs: slots[kind],
        circuit,
        isPaused,
        whenReady,
        shutdown: shutdown.signal,
        log,
      },
      (token) => runJob({ ...dependencies, engines: guardedEngines }, token, shutdown.signal),
    );
    consumers.set(id, consumer);
  }
  return {
    engines: [...guardedEngines.values()],
    circuits,
    intakes: [...consumers.values()].map(({ intake }) => intake),
    setPaused(ids) {
      pausesKnown.resolve();
      for (const [id, consumer] of consumers) {
        const isPaused = ids.includes(id);
        if (paused.has(id) === isPaused) continue;
        if (isPaused) paused.add(id);
        else paused.delete(id);
        log.warn({ engine: id }, isPaused ? 'engine paused' : 'engine resumed');
        consumer.adjust();
      }
    },
    async close() {
      for (const circuit of circuits.values()) circuit.stop();
      const closed = Promise.all([...consumers.values()].map((consumer) => consumer.close()));
      await waitAtMost(graceMs, closed);
      shutdown.abort();
      await closed;
    },
  };
}
