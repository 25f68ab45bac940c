import { performance } from 'node:perf_hooks';
import { type Circuit, createCircuit, guarded } from '../src/app/circuit.ts';
import { onceAtATime } from '../src/app/claim.ts';
import { type TranscribeDependencies, transcribe } from '../src/app/transcribe.ts';
import type { Engine, EngineKind } from '../src/domain/engine.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import type { TokenBackend } from '../src/queue/backend.ts';
import { consumeTokens } from '../src/queue/token.ts';
import { within } from '../src/within.ts';
import type { Intake } from './stall-watch.ts';

export type Processor = {
  /** The engines as files meet them: at rest while they fail too often. */
  readonly engines: readonly Engine[];
  readonly circuits: ReadonlyMap<EngineId, Pick<Circuit, 'openMs'>>;
  /** Whether tokens come, for each engine. */
  readonly intakes: readonly Intake[];
  /** Takes no new files of these engines from now on, and of all others again. Files under way go on. */
  setPaused(engines: readonly EngineId[]): void;
  /** Takes no more tokens, lets files under way finish within the grace time, gives the rest back; then resolves. */
  close(): Promise<void>;
};

/**
 * From tokens to work: for each engine a consumer and slots of its own, so that none is in another's way. Files for an
 * engine that is still being set up stay in their lanes; its tokens are taken once it is ready, or known to be
 * unavailable, which then ends them with a reason. An engine that fails again and again gets none for a while, and
 * then one to try.
 * @param slots files at once on each engine of a kind
 * @param graceMs how long files under way may go on after `close`
 */
export function startProcessor(
  backend: TokenBackend,
  slots: Readonly<Record<EngineKind, number>>,
  engines: readonly Engine[],
  dependencies: Omit<TranscribeDependencies, 'engines'>,
  graceMs: number,
): Processor {
  const shutdown = new AbortController();
  const paused = new Set<EngineId>();
  /** Until it is known which engines are paused, none takes files. */
  const pausesKnown = Promise.withResolvers<void>();
  const guardedEngines = new Map<EngineId, Engine>();
  const circuits = new Map<EngineId, Circuit>();
  const served = engines.map((engine) => {
    const { id, kind } = engine.profile;
    const most = slots[kind];
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
    /** Files under way, by the consumer that took them: each renewal begins another. */
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
        // Paused just now. The file keeps its place: the sweeper sends its token again.
        if (paused.has(id)) return;
        const own = renewals;
        count(own, 1);
        try {
          await transcribe({ ...dependencies, engines: guardedEngines }, token, shutdown.signal);
        } finally {
          count(own, -1);
          // Its slot belongs to the new consumer now.
          if (own !== renewals) take();
        }
      }),
      dependencies.log,
    );
    let open = false;
    const take = () => {
      if (!open) return;
      const takenBefore = running() - (underWay.get(renewals) ?? 0);
      const closed = Math.max(1, most - takenBefore);
      consumer.take(paused.has(id) ? 0 : { closed, open: 0, 'half-open': 1 }[circuit.state]);
    };
    void Promise.allSettled([engine.whenReady(shutdown.signal), pausesKnown.promise]).then(() => {
      open = !shutdown.signal.aborted;
      take();
    });
    const intake: Intake = {
      engine: id,
      canTake: () => open && !paused.has(id) && circuit.state === 'closed' && running() < most,
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
        dependencies.log.warn({ engine: id, paused: paused.has(id) }, 'an engine was paused or goes on');
        take();
      }
    },
    async close() {
      const closed = Promise.all(served.map((one) => one.close()));
      await within(graceMs, closed);
      shutdown.abort();
      await closed;
    },
  };
}
