import { z } from 'zod';
import type { Log, Tokens } from '../app/ports.ts';
import { type EngineId, type EngineKind, engineIds } from '../domain/engine.ts';
import { toDabirError } from '../domain/errors.ts';
import type { Token } from '../domain/transcription.ts';
import type { TokenBackend } from './backend.ts';

/** One queue for each kind of engine, so that a slow local file never holds up somebody's call of a service. */
const queueNames: Record<EngineKind, string> = { local: 'dabir-local', remote: 'dabir-remote' };

const tokenSchema = z.object({ id: z.number(), fence: z.number(), engine: z.enum(engineIds) });

/** The sending end. `send` rejects when the backend is down; the sweeper sends again. */
export function createTokens(
  backend: TokenBackend,
  kindOf: (engine: EngineId) => EngineKind,
): Tokens & { close(): Promise<void> } {
  const queues = { local: backend.queue(queueNames.local), remote: backend.queue(queueNames.remote) };
  return {
    async send(token, delayMs = 0) {
      await queues[kindOf(token.engine)].add('transcribe', token, {
        // The same turn is queued once, however often it is sent. BullMQ allows no ':' here.
        jobId: `t-${token.id}-${token.fence}`,
        ...(delayMs > 0 && { delay: Math.ceil(delayMs) }),
        attempts: 1,
        // A job that is kept would silently block the same id from being added again.
        removeOnComplete: true,
        removeOnFail: true,
      });
    },
    async close() {
      await Promise.all([queues.local.close(), queues.remote.close()]);
    },
  };
}

export type TokenConsumer = {
  /** Starts taking tokens; calling it again does nothing. */
  run(): void;
  /** Takes no more; resolves when the work under way has ended. */
  close(): Promise<void>;
};

/**
 * The receiving end of one queue.
 * @param concurrency tokens at once; 0 takes none at all
 * @param work never takes the queue down: what it throws is logged
 */
export function consumeTokens(
  backend: TokenBackend,
  kind: EngineKind,
  concurrency: number,
  work: (token: Token) => Promise<void>,
  log: Log,
): TokenConsumer {
  if (concurrency === 0) return { run: () => undefined, close: async () => undefined };
  const worker = backend.worker(queueNames[kind], concurrency, async (job) => {
    try {
      await work(tokenSchema.parse(job.data));
    } catch (error) {
      log.error({ queue: kind, token: job.data, cause: toDabirError(error).message }, 'token failed');
    }
  });
  let running = false;
  return {
    run() {
      if (running) return;
      running = true;
      worker
        .run()
        .catch((error) => log.error({ queue: kind, cause: toDabirError(error).message }, 'token worker'));
    },
    close: () => worker.close(),
  };
}
