import { WaitingError } from 'bullmq';
import { z } from 'zod';
import { logError } from '../app/log-error.ts';
import type { TokenCounts } from '../app/monitoring/readings.ts';
import type { Log } from '../app/ports/log.ts';
import type { Tokens } from '../app/ports/tokens.ts';
import { currentRequest, withRequest } from '../app/request.ts';
import type { TokenUse } from '../app/run/claim.ts';
import { type EngineId, engineIds } from '../domain/engine-names.ts';
import type { Token } from '../domain/transcription.ts';
import type { TokenBackend } from './backend.ts';

/**
 * Returns the name of an engine's queue. Each engine has one, so that a slow, failing or resting
 * engine never delays others.
 */
export const queueName = (engine: EngineId) => `dabir-${engine}`;

const tokenSchema = z.object({
  id: z.number(),
  fence: z.number(),
  engine: z.enum(engineIds),
  /** Id of the request that sent the token, for the log (app/request.ts). */
  request: z.string().optional(),
});

/** Creates the sending end of all queues. `send` rejects when the backend is down; the sweep sends the token again. */
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
          // A claim is queued once, however often its token is sent. BullMQ allows no ':' here.
          jobId: `t-${token.id}-${token.fence}`,
          attempts: 1,
          // A job that is kept would silently block the same id from being added again.
          removeOnComplete: true,
          removeOnFail: true,
        },
      );
    },
    async counts(engines) {
      const counted = new Map<EngineId, { waiting: number; active: number }>();
      // One after the other: six at once would keep six connections open.
      for (const [engine, queue] of queues) {
        if (!engines.includes(engine)) continue;
        const { waiting = 0, active = 0 } = await queue.getJobCounts('waiting', 'active');
        counted.set(engine, { waiting, active });
      }
      return counted;
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

export type TokenConsumer = {
  /** Sets how many tokens are processed at the same time; 0 pauses until the next call. Running jobs continue. */
  take(concurrency: number): void;
  /** Replaces the connections with new ones, and pauses until the next `take`. Running jobs continue. */
  renew(): void;
  /** Stops taking tokens; resolves when the running jobs have ended. */
  close(): Promise<void>;
};

/**
 * Creates the receiving end of one engine's queue. It takes no token before the first `take`.
 * @param work processes one token; an error that it throws is logged and does not stop the queue. A token that it
 * returns waits for the next consumer
 */
export function consumeTokens(
  backend: TokenBackend,
  engine: EngineId,
  work: (token: Token) => Promise<TokenUse>,
  log: Log,
): TokenConsumer {
  const createWorker = () =>
    backend.worker(queueName(engine), async (job, lock) => {
      let use: TokenUse = 'used';
      try {
        const { request, ...token } = tokenSchema.parse(job.data);
        use = await withRequest(request ?? `t${token.id}`, () => work(token));
      } catch (error) {
        logError(log, 'error', { engine, token: job.data }, error, 'token failed');
      }
      if (use === 'used') return;
      await job.moveToWait(lock);
      // Tells BullMQ that the job is not completed.
      throw new WaitingError();
    });
  let worker = createWorker();
  let running = false;
  /** The closing of workers that were replaced; each waits for its running jobs. */
  const closing = new Set<Promise<void>>();
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
      worker.run().catch((error) => logError(log, 'error', { engine }, error, 'token worker'));
    },
    renew() {
      const closed = worker.close();
      closing.add(closed);
      void closed.finally(() => closing.delete(closed));
      worker = createWorker();
      running = false;
    },
    async close() {
      await Promise.all([worker.close(), ...closing]);
    },
  };
}
