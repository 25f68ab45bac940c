import type { Update } from 'grammy/types';
import type { Log } from '../app/ports/operations.ts';
import type { DabirBot } from './bot.ts';

/** What became of an update; `later`: it has to be delivered again. */
export type Receipt = 'handled' | 'later';

/** An update that fails so often while the database answers is let go: Telegram would bring it for a day. */
const mostAttempts = 5;

/** So many failing updates are remembered; older ones begin to count anew. */
const mostRemembered = 1_000;

/**
 * Takes updates as Telegram delivers them to a webhook. Telegram sends the updates of one chat one after another, each
 * when the one before counts as handled, so their order is kept whichever process they come to.
 * @param databaseAnswers false while it does not; then no failure is the update's own fault
 */
export function createReceiver(
  bot: Pick<DabirBot, 'handle'>,
  log: Log,
  databaseAnswers: () => Promise<boolean>,
): { receive(update: Update): Promise<Receipt>; idle(): Promise<void> } {
  const failures = new Map<number, number>();
  const underWay = new Set<Promise<unknown>>();
  const failed = async ({ update_id: id }: Update): Promise<Receipt> => {
    if (!(await databaseAnswers())) return 'later';
    const count = (failures.get(id) ?? 0) + 1;
    failures.delete(id);
    if (count >= mostAttempts) {
      log.error({ update: id, failures: count }, 'update given up');
      return 'handled';
    }
    failures.set(id, count);
    const [oldest] = failures.keys();
    if (failures.size > mostRemembered && oldest !== undefined) failures.delete(oldest);
    return 'later';
  };
  return {
    receive(update) {
      // As soon as what it brought is safe: the rest of the handling keeps nobody waiting.
      const committed = Promise.withResolvers<Receipt>();
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
