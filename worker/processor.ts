import { type TranscribeDependencies, transcribe } from '../src/app/transcribe.ts';
import type { Engine, EngineKind } from '../src/domain/engine.ts';
import type { TokenBackend } from '../src/queue/backend.ts';
import { consumeTokens } from '../src/queue/token.ts';

/**
 * From tokens to work: one consumer for each kind of engine. Files for an engine that is still being set up stay in
 * their lanes; its tokens are taken once it is ready, or known to be unavailable, which then ends them with a reason.
 * @returns `close` takes no more tokens, gives the files under way back, and resolves when that is done
 */
export function startProcessor(
  backend: TokenBackend,
  concurrency: Readonly<Record<EngineKind, number>>,
  engines: readonly Engine[],
  dependencies: TranscribeDependencies,
): { close(): Promise<void> } {
  const shutdown = new AbortController();
  const consumers = (['local', 'remote'] as const).map((kind) => {
    const consumer = consumeTokens(
      backend,
      kind,
      concurrency[kind],
      (token) => transcribe(dependencies, token, shutdown.signal),
      dependencies.log,
    );
    const ofKind = engines.filter((engine) => engine.kind === kind);
    void Promise.allSettled(ofKind.map((engine) => engine.whenReady(shutdown.signal))).then(() => {
      if (!shutdown.signal.aborted) consumer.run();
    });
    return consumer;
  });
  return {
    async close() {
      shutdown.abort();
      await Promise.all(consumers.map((consumer) => consumer.close()));
    },
  };
}
