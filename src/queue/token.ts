import { z } from 'zod';
import type { TokenCounts } from '../app/operations/readings.ts';
import type { Tokens } from '../app/ports/lanes.ts';
import type { Log } from '../app/ports/operations.ts';
import { currentRequest, withRequest } from '../app/request.ts';
import { type EngineId, engineIds } from '../domain/engine-names.ts';
import { toDabirError } from '../domain/errors.ts';
import type { Token } from '../domain/transcription.ts';
import type { TokenBackend } from './backend.ts';

/** One queue for each engine, so that one that is slow, failing or at rest never holds up files for another. */
export const queueName = (engine: EngineId) => `dabir-${engine}`;

const tokenSchema = z.object({
  id: z.number(),
  fence: z.number(),
  engine: z.enum(engineIds),
  /** On whose behalf it was sent (app/request.ts). */
  request: z.string().optional(),
});

/** The sending end. `send` rejects when the backend is down; the sweeper sends again. */
export function createTokens(
  backend: TokenBackend,
): Tokens & { counts: TokenCounts; close(): Promise<void> } {
  const queues = new Map(engineIds.map((engine) => [engine, backend.queue(queueName(engine))]));
  return {
    async send(token) {
      await queues.get(token.engine)?.add(
        'transcribe',
        { ...token, request: currentRequest() },
        {
          // The same turn is queued once, however often it is sent. BullMQ allows no ':' here.
          jobId: `t-${token.id}-${token.fence}`,
          attempts: 1,
          // A job that is kept would silently block the same id from being added again.
          removeOnComplete: true,
          removeOnFail: true,
        },
      );
    },
    async counts() {
      const counted = [...queues].map(async ([engine, queue]) => {
        const { waiting = 0, active = 0 } = await queue.getJobCounts('waiting', 'active');
        return [engine, { waiting, active }] as const;
      });
      return new Map(await Promise.all(counted));
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

export type TokenConsumer = {
  /** Takes so many tokens at once from now on; 0 takes none until the next call. Those under way go on. */
  take(concurrency: number): void;
  /** Takes no more; resolves when the work under way has ended. */
  close(): Promise<void>;
};

/**
 * The receiving end of one engine's queue. Takes nothing until told how much.
 * @param work never takes the queue down: what it throws is logged
 */
export function consumeTokens(
  backend: TokenBackend,
  engine: EngineId,
  work: (token: Token) => Promise<void>,
  log: Log,
): TokenConsumer {
  const worker = backend.worker(queueName(engine), async (job) => {
    try {
      const { request, ...token } = tokenSchema.parse(job.data);
      await withRequest(request ?? `t${token.id}`, () => work(token));
    } catch (error) {
      log.error({ engine, token: job.data, cause: toDabirError(error).message }, 'token failed');
    }
  });
  let running = false;
  return {
    take(concurrency) {
      if (concurrency === 0) {
        if (running) void worker.pause(true);
        return;
      }
      worker.concurrency = concurrency;
      if (running) {
        void worker.resume();
        return;
      }
      running = true;
      worker
        .run()
        .catch((error) => log.error({ engine, cause: toDabirError(error).message }, 'token worker'));
    },
    close: () => worker.close(),
  };
}
