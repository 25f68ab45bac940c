import { type Circuit, createCircuit, guarded } from '../src/app/circuit.ts';
import type { Pauses } from '../src/app/ports/pauses.ts';
import { type TranscribeDependencies, transcribe } from '../src/app/transcribe.ts';
import type { Engine, EngineKind } from '../src/domain/engine.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import type { TokenBackend } from '../src/queue/backend.ts';
import { consumeTokens } from '../src/queue/token.ts';
import { within } from '../src/within.ts';

export type Processor = {
  /** The engines as files meet them: at rest while they fail too often. */
  readonly engines: readonly Engine[];
  readonly circuits: ReadonlyMap<EngineId, Pick<Circuit, 'openMs'>>;
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
  dependencies: Omit<TranscribeDependencies, 'engines'> & { readonly pauses: Pick<Pauses, 'isPaused'> },
  graceMs: number,
): Processor {
  const shutdown = new AbortController();
  const paused = new Set<EngineId>();
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
    const consumer = consumeTokens(
      backend,
      id,
      async (token) => {
        // Paused just now. The file keeps its place: the sweeper sends its token again.
        if (await dependencies.pauses.isPaused(id)) return;
        await transcribe({ ...dependencies, engines: guardedEngines }, token, shutdown.signal);
      },
      dependencies.log,
    );
    let open = false;
    const take = () => {
      if (open && paused.has(id)) consumer.take(0);
      else if (open) consumer.take({ closed: most, open: 0, 'half-open': 1 }[circuit.state]);
    };
    void Promise.allSettled([engine.whenReady(shutdown.signal)]).then(() => {
      open = !shutdown.signal.aborted;
      take();
    });
    return {
      id,
      take,
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
    setPaused(ids) {
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
