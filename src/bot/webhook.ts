import type { Update } from 'grammy/types';
import type { Log } from '../app/ports/log.ts';
import type { DabirBot } from './bot.ts';
import { createFailureCounter } from './failing-updates.ts';

/** The outcome of a delivery; after `later`, Telegram delivers the update again. */
export type UpdateResult = 'handled' | 'later';

/**
 * Creates the receiver of webhook deliveries. Telegram sends the updates of one chat one after
 * another, each when the previous one counts as handled, so their order is kept across processes.
 * @param isDatabaseReachable resolves to false while the database does not answer; a failure is then
 * not caused by the update
 */
export function createReceiver(
  bot: Pick<DabirBot, 'handle'>,
  log: Log,
  isDatabaseReachable: () => Promise<boolean>,
): { receive(update: Update): Promise<UpdateResult>; waitUntilIdle(): Promise<void> } {
  const countFailure = createFailureCounter(isDatabaseReachable, log);
  const underWay = new Set<Promise<unknown>>();
  const failed = async ({ update_id: id }: Update): Promise<UpdateResult> =>
    (await countFailure(id)) ? 'handled' : 'later';
  return {
    receive(update) {
      // Resolves as soon as the update's data is safe; the rest of the handling does not delay the response.
      const result = Promise.withResolvers<UpdateResult>();
      const work = bot
        .handle(update, () => result.resolve('handled'))
        .then(
          () => result.resolve('handled'),
          async () => result.resolve(await failed(update)),
        );
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
      return result.promise;
    },
    async waitUntilIdle() {
      await Promise.allSettled(underWay);
    },
  };
}
