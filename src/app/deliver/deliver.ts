import { type Delivery, silenceEnds } from '../../domain/delivery.ts';
import { toDabirError } from '../../domain/errors.ts';
import type { TranscriptionId } from '../../domain/ids.ts';
import { isAnnouncedEnd } from '../../domain/status.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import { databaseWaitMs } from '../database-wait.ts';
import { showEndingAgain, type TransientStatusDependencies } from '../lane/transient-status.ts';
import { renewTaskLease, type TaskLease } from '../leased-tasks.ts';
import { logError } from '../log-error.ts';
import type { Deliveries, SentDelivery, Undelivered } from '../ports/deliveries.ts';
import type { Lanes } from '../ports/lanes.ts';
import { DeliveryError } from '../ports/messenger.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';
import type { SendDelivery } from './send-delivery.ts';
import { sendingBatches } from './sending-batches.ts';
import type { SentRecord } from './sent-record.ts';

export type DeliverDependencies = TransientStatusDependencies & {
  lanes: Pick<Lanes, 'findEnding' | 'listOpen'>;
  deliveries: Deliveries;
  sent: SentRecord;
  /** Sends one delivery. */
  send: SendDelivery;
  /** Sends the albums of several transcriptions of a burst as one. Resolves to the message ids of each. */
  sendAlbum(group: readonly Undelivered[]): Promise<ReadonlyMap<TranscriptionId, readonly number[]>>;
  /** Delay before the outbox retries a failed delivery, in ms. */
  outboxDelayMs: number;
  /** Aborts when this process is about to end: no further message is begun, and the outbox keeps the rest. */
  leaving: AbortSignal;
};

/**
 * Interval at which a sender renews the lease of an answer, in ms. A slow Telegram may take longer than one lease.
 */
const renewIntervalMs = 5_000;

/**
 * Maximum time that the mark of the first delivery of a batch waits for the others, so that one statement marks all, in
 * ms. A call of the Bot API takes about 50 ms; one that Telegram limits takes seconds.
 */
const maxUnrecordedMs = 250;

/**
 * Sends the unsent deliveries of a finished transcription in order, and marks each. If the process dies between sending
 * and marking, one delivery is sent twice (sending-batches.ts). While the database is away, marks wait for it and no
 * new message is begun. Never rejects: deliveries that fail now stay in the outbox, deliveries that Telegram will never
 * accept are dropped, and a user who blocked the bot gets none.
 * @param isHolderUnknown true when another process may already have the answer
 */
export async function deliver(
  dependencies: DeliverDependencies,
  { transcription, deliveries, takes }: Undelivered,
  isHolderUnknown = false,
): Promise<void> {
  const { deliveries: outbox, log, outboxDelayMs } = dependencies;
  const lease = renewTaskLease(() => outbox.renew(transcription.id, takes), renewIntervalMs, isHolderUnknown);
  try {
    // The worker that ran the job has decided it for the first attempt (commit-outcome.ts).
    const due =
      takes === 0 ? deliveries : await silenceWhileMoreFollow(dependencies, transcription, deliveries);
    const batches = sendingBatches(due, transcription.statusMessageId !== null);
    for (const [index, batch] of batches.entries()) {
      if (!(await sendBatch(dependencies, transcription, batch, lease, index === batches.length - 1))) return;
    }
  } catch (thrown) {
    const isGone = thrown instanceof DeliveryError && thrown.kind === 'gone';
    logError(log, 'warn', { transcription: transcription.id, isGone }, thrown, 'answer not sent');
    await outbox
      .postpone(transcription.id, isGone ? null : outboxDelayMs, toDabirError(thrown).message)
      .catch((error) => logError(log, 'error', { transcription: transcription.id }, error, 'not postponed'));
  } finally {
    lease.end();
  }
}

/** Maximum number of open files that are searched for one that follows. */
const maxSearched = 20;

/** Returns deliveries without a sound while more of the user's files follow: the last one announces itself. */
async function silenceWhileMoreFollow(
  { lanes }: DeliverDependencies,
  { userId }: Transcription,
  deliveries: readonly Delivery[],
): Promise<readonly Delivery[]> {
  const isAnnounced = deliveries.some(({ kind, payload }) => kind === 'status' && isAnnouncedEnd(payload));
  if (!isAnnounced) return deliveries;
  const open = await lanes.listOpen(userId, maxSearched);
  return open.some(({ state }) => state !== 'CHOOSING') ? silenceEnds(deliveries) : deliveries;
}

/**
 * Sends and marks one batch. Resolves to false when the rest is not this process's to send: another one holds the
 * answer, the transcription was deleted, or this process is about to end.
 */
async function sendBatch(
  dependencies: DeliverDependencies,
  transcription: Transcription,
  [first, ...others]: readonly [Delivery, ...Delivery[]],
  lease: TaskLease,
  isLast: boolean,
): Promise<boolean> {
  const sentFirst = await sendEach(dependencies, transcription, [first], lease);
  if (sentFirst.length === 0) return false;
  if (others.length === 0) return recordOrDelete(dependencies, transcription, sentFirst, isLast);
  const sending = sendEach(dependencies, transcription, others, lease);
  const inTime = await waitAtMost(maxUnrecordedMs, sending);
  const isWhole = inTime?.length === others.length;
  if (
    !(await recordOrDelete(dependencies, transcription, [...sentFirst, ...(inTime ?? [])], isLast && isWhole))
  ) {
    // What is still on its way would stay in the chat after the deletion.
    if (inTime === undefined) await deleteSent(dependencies, transcription, await sending);
    return false;
  }
  if (inTime !== undefined) return isWhole;
  const late = await sending;
  const isWholeLate = late.length === others.length;
  return (await recordOrDelete(dependencies, transcription, late, isLast && isWholeLate)) && isWholeLate;
}

/** Sends deliveries in order. Resolves to those that were sent: fewer when this process may not send the next one. */
async function sendEach(
  dependencies: DeliverDependencies,
  transcription: Transcription,
  deliveries: readonly Delivery[],
  lease: TaskLease,
): Promise<SentDelivery[]> {
  const { sent, leaving } = dependencies;
  const done: SentDelivery[] = [];
  for (const delivery of deliveries) {
    await sent.waitUntilAllRecorded(leaving);
    if (leaving.aborted) break;
    const messageIds = await sendOnce(dependencies, transcription, delivery, lease);
    // Another process holds the answer and sends the rest.
    if (messageIds === null) break;
    done.push({ delivery, messageIds });
  }
  return done;
}

/**
 * Marks deliveries as sent. Resolves to false when the user deleted the transcription at this moment: the messages just
 * sent are removed again, and a status that covered the deletion is replaced.
 */
async function recordOrDelete(
  dependencies: DeliverDependencies,
  transcription: Transcription,
  done: readonly SentDelivery[],
  isLast: boolean,
): Promise<boolean> {
  if (done.length === 0 || (await recordSent(dependencies, transcription, done, isLast))) return true;
  await deleteSent(dependencies, transcription, done);
  return false;
}

/**
 * Removes the new messages of a deleted transcription, and replaces an edit of its status that covered the deletion. A
 * revision edits it too, and names no message.
 */
async function deleteSent(
  dependencies: DeliverDependencies,
  transcription: Transcription,
  done: readonly SentDelivery[],
): Promise<void> {
  const { statusMessageId } = transcription;
  const sentIds = done.flatMap(({ messageIds }) => messageIds);
  const isStatusEdited =
    (statusMessageId !== null && sentIds.includes(statusMessageId)) ||
    done.some(({ delivery }) => delivery.kind === 'revision');
  await dependencies.messenger.remove(
    transcription,
    sentIds.filter((id) => id !== statusMessageId),
  );
  if (isStatusEdited) showEndingAgain(dependencies, transcription);
}

/**
 * Sends one delivery unless this process has already sent it. Resolves to the message ids; null when another process
 * holds the answer.
 */
async function sendOnce(
  dependencies: DeliverDependencies,
  transcription: Transcription,
  delivery: Delivery,
  lease: TaskLease,
): Promise<readonly number[] | null> {
  const { sent, send, leaving, log } = dependencies;
  const name = deliveryName(transcription, delivery);
  const alreadySent = sent.find(name);
  if (alreadySent !== undefined) return alreadySent;
  // Everything is read before the message is sent, so a retry only repeats reads.
  const messageIds = await retryWhileDatabaseIsAway(
    async () => ((await lease.isOurs()) ? send(transcription, delivery) : null),
    { withinMs: databaseWaitMs.recordSent, signal: leaving },
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
 * Marks deliveries as sent; waits up to `databaseWaitMs.recordSent` while the database is away. Resolves to false when the
 * transcription was deleted.
 */
async function recordSent(
  { deliveries: outbox, sent, log }: DeliverDependencies,
  transcription: Transcription,
  done: readonly SentDelivery[],
  isLast: boolean,
): Promise<boolean> {
  const names = done.map(({ delivery }) => deliveryName(transcription, delivery));
  try {
    const isThere = await retryWhileDatabaseIsAway(() => outbox.recordSent(transcription.id, done, isLast), {
      withinMs: databaseWaitMs.recordSent,
      onAway() {
        for (const name of names) sent.addUnrecorded(name);
        log.warn(
          { transcription: transcription.id },
          'the database is away; nothing new is sent until it is back',
        );
      },
    });
    // A retried transcription gets another status of its own; every other delivery is sent only once.
    for (const { delivery } of done) {
      if (delivery.kind === 'status') sent.forget(deliveryName(transcription, delivery));
    }
    return isThere;
  } finally {
    for (const name of names) sent.removeUnrecorded(name);
  }
}

/** Returns the name of a delivery in the record of sent messages. */
export function deliveryName({ id }: Transcription, { kind, part }: Delivery): string {
  return `${id} ${kind} ${part}`;
}
