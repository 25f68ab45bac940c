import type { Update } from 'grammy/types';
import type { Log } from '../app/ports/operations.ts';
import type { DabirBot } from './bot.ts';

/** The outcome of a delivery; after `later`, Telegram delivers the update again. */
export type UpdateResult = 'handled' | 'later';

/**
 * Number of failures, with the database available, after which an update is dropped: Telegram would
 * repeat it for a day.
 */
const maxAttempts = 5;

/** Maximum number of failing updates whose failures are counted; the count of older ones starts again. */
const maxRemembered = 1_000;

/**
 * Creates the receiver of webhook deliveries. Telegram sends the updates of one chat one after
 * another, each when the previous one counts as handled, so their order is kept across processes.
 * @param databaseAnswers resolves to false while the database does not answer; a failure is then
 * not caused by the update
 */
export function createReceiver(
  bot: Pick<DabirBot, 'handle'>,
  log: Log,
  databaseAnswers: () => Promise<boolean>,
): { receive(update: Update): Promise<UpdateResult>; idle(): Promise<void> } {
  const failures = new Map<number, number>();
  const underWay = new Set<Promise<unknown>>();
  const failed = async ({ update_id: id }: Update): Promise<UpdateResult> => {
    if (!(await databaseAnswers())) return 'later';
    const count = (failures.get(id) ?? 0) + 1;
    failures.delete(id);
    if (count >= maxAttempts) {
      log.error({ update: id, failures: count }, 'update given up');
      return 'handled';
    }
    failures.set(id, count);
    const [oldest] = failures.keys();
    if (failures.size > maxRemembered && oldest !== undefined) failures.delete(oldest);
    return 'later';
  };
  return {
    receive(update) {
      // Resolves as soon as the update's data is safe; the rest of the handling does not delay the
      // response.
      const committed = Promise.withResolvers<UpdateResult>();
      const work = bot
        .handle(update, () => committed.resolve('handled'))
        .then(
          () => committed.resolve('handled'),
          async () => committed.resolve(await failed(update)),
        );
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
      return committed.promise;
    },
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
}
