import { type Delivery, inOrderOfDelivery } from '../../domain/delivery.ts';
import { toDabirError } from '../../domain/errors.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { renewTaskLease, type TaskLease } from '../leased-tasks.ts';
import { logError } from '../log-error.ts';
import { type Deliveries, DeliveryError, type Replies, type Undelivered } from '../ports/answers.ts';
import type { Log } from '../ports/operations.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';
import type { SendDelivery } from './send-delivery.ts';
import type { SentRecord } from './sent-record.ts';

export type DeliverDependencies = {
  deliveries: Deliveries;
  sent: SentRecord;
  /** Sends one delivery. */
  send: SendDelivery;
  replies: Pick<Replies, 'remove'>;
  log: Log;
  /** Delay before the outbox retries a failed delivery, in ms. */
  outboxDelayMs: number;
  /** Aborts when this process is about to end: no further message is begun, and the outbox keeps the rest. */
  leaving: AbortSignal;
};

/**
 * Interval at which a sender renews the lease of an answer, in ms. A slow Telegram may take longer than one lease.
 */
const renewIntervalMs = 5_000;

/** Maximum time that a mark waits for the database, in ms; this process remembers the message for longer. */
const maxDatabaseWaitMs = 10 * 60_000;

/**
 * Sends the deliveries of a finished transcription that were not sent yet, in order, and marks each one: the outbox. A
 * message is sent twice only if the process dies between sending and marking. While the database is away, marks wait
 * for it and no new message is begun. Never rejects: deliveries that fail now stay in the outbox, deliveries that
 * Telegram will never accept are dropped, and a user who blocked the bot gets none.
 * @param isHolderUnknown true when another process may already have the answer
 */
export async function deliver(
  dependencies: DeliverDependencies,
  { transcription, deliveries, takes }: Undelivered,
  isHolderUnknown = false,
): Promise<void> {
  const { deliveries: outbox, sent, leaving, log, outboxDelayMs } = dependencies;
  const unsent = inOrderOfDelivery(deliveries);
  const hold = renewTaskLease(() => outbox.renew(transcription.id, takes), renewIntervalMs, isHolderUnknown);
  try {
    for (const [index, delivery] of unsent.entries()) {
      await sent.whenAllMarked(leaving);
      if (leaving.aborted) return;
      const messageIds = await sendOnce(dependencies, transcription, delivery, hold);
      // Another process holds the answer and sends the rest.
      if (messageIds === null) return;
      const last = index === unsent.length - 1;
      if (await mark(dependencies, transcription, delivery, messageIds, last)) continue;
      // The user deleted the transcription at this moment: the message just sent is removed again.
      if (delivery.kind !== 'status') await dependencies.replies.remove(transcription, messageIds);
      return;
    }
  } catch (thrown) {
    const gone = thrown instanceof DeliveryError && thrown.kind === 'gone';
    logError(log, 'warn', { transcription: transcription.id, gone }, thrown, 'answer not sent');
    await outbox
      .postpone(transcription.id, gone ? null : outboxDelayMs, toDabirError(thrown).message)
      .catch((error) => logError(log, 'error', { transcription: transcription.id }, error, 'not postponed'));
  } finally {
    hold.end();
  }
}

/**
 * Sends one delivery unless this process has already sent it. Resolves to the message ids; null when another process
 * holds the answer.
 */
async function sendOnce(
  dependencies: DeliverDependencies,
  transcription: Transcription,
  delivery: Delivery,
  hold: TaskLease,
): Promise<readonly number[] | null> {
  const { sent, send, leaving, log } = dependencies;
  const name = nameOf(transcription, delivery);
  const before = sent.find(name);
  if (before !== undefined) return before;
  // Everything is read before the message is sent, so a retry only repeats reads.
  const messageIds = await retryWhileDatabaseIsAway(
    async () => ((await hold.isOurs()) ? send(transcription, delivery) : null),
    { withinMs: maxDatabaseWaitMs, signal: leaving },
  ).catch((error) => {
    if (!(error instanceof DeliveryError) || error.kind !== 'refused') throw error;
    const { kind, part } = delivery;
    log.error({ transcription: transcription.id, kind, part, cause: error.message }, 'delivery refused');
    return [];
  });
  if (messageIds !== null) sent.add(name, messageIds);
  return messageIds;
}

/**
 * Marks a delivery as sent; waits up to `maxDatabaseWaitMs` while the database is away. Resolves to false when the
 * transcription was deleted.
 */
async function mark(
  { deliveries: outbox, sent, log }: DeliverDependencies,
  transcription: Transcription,
  delivery: Delivery,
  messageIds: readonly number[],
  last: boolean,
): Promise<boolean> {
  const name = nameOf(transcription, delivery);
  try {
    const isThere = await retryWhileDatabaseIsAway(
      () => outbox.markSent(transcription.id, delivery, messageIds, last),
      {
        withinMs: maxDatabaseWaitMs,
        onAway() {
          sent.wait(name);
          log.warn(
            { transcription: transcription.id },
            'the database is away; nothing new is sent until it is back',
          );
        },
      },
    );
    // A retried transcription gets another status of its own; every other delivery is sent only once.
    if (delivery.kind === 'status') sent.forget(name);
    return isThere;
  } finally {
    sent.endWait(name);
  }
}

function nameOf({ id }: Transcription, { kind, part }: Delivery): string {
  return `${id} ${kind} ${part}`;
}
