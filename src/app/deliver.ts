import { type Delivery, inOrderOfDelivery } from '../domain/delivery.ts';
import { toDabirError } from '../domain/errors.ts';
import type { Transcription } from '../domain/transcription.ts';
import { deliverDocuments, deliverTimes } from './deliver-documents.ts';
import { type DeliverJoinedDependencies, deliverJoined } from './deliver-joined.ts';
import { type Deliveries, DeliveryError, type Undelivered } from './ports/answers.ts';
import type { Lanes } from './ports/lanes.ts';
import { retryWhileDatabaseIsAway } from './retry-database.ts';
import type { SentRecord } from './sent-record.ts';
import { type ClipDependencies, deliverClip } from './text/deliver-clip.ts';
import { type ReviseDependencies, reviseAnswer } from './text/revise-answer.ts';

export type DeliverDependencies = DeliverJoinedDependencies &
  ReviseDependencies &
  ClipDependencies & {
    deliveries: Deliveries;
    sent: SentRecord;
    lanes: Pick<Lanes, 'find'>;
    /** Until somebody tries again to send what could not be sent, in milliseconds. */
    outboxDelayMs: number;
    /** Aborts when this process is about to end: no further message is begun, the outbox has the rest. */
    leaving: AbortSignal;
  };

/** A slow Telegram may take longer than others leave an answer alone, so they are told that it is being sent. */
const keepMs = 5_000;

/** Whoever has not been heard for longer than this asks whether the answer is still theirs, in milliseconds. */
const doubtMs = 2 * keepMs;

/** A mark waits for the database for so long, in milliseconds; this process remembers the message for longer. */
const longestAwayMs = 10 * 60_000;

/**
 * Sends what is unsent of a finished file, in order, and marks each message as it goes: the outbox. A message is sent
 * twice only if the process dies between the sending and the mark. While the database is away, marks wait for it and
 * nothing new is begun. Never rejects: what cannot be sent now stays in the outbox, what Telegram will never take is left
 * out, and a person who blocked the bot gets nothing more.
 * @param isInDoubt others may have the answer already
 */
export async function deliver(
  dependencies: DeliverDependencies,
  { transcription, deliveries, takes }: Undelivered,
  isInDoubt = false,
): Promise<void> {
  const { deliveries: outbox, sent, leaving, log, outboxDelayMs } = dependencies;
  const unsent = inOrderOfDelivery(deliveries);
  const hold = createHold(() => outbox.keep(transcription.id, takes), isInDoubt);
  try {
    for (const [index, delivery] of unsent.entries()) {
      await sent.whenAllMarked(leaving);
      if (leaving.aborted) return;
      const messageIds = await sendOnce(dependencies, transcription, delivery, hold);
      // Whoever has it now sends the rest.
      if (messageIds === null) return;
      const last = index === unsent.length - 1;
      if (await mark(dependencies, transcription, delivery, messageIds, last)) continue;
      // Deleted by its person in this moment: what has just gone out is taken back.
      if (delivery.kind !== 'status') await dependencies.replies.remove(transcription, messageIds);
      return;
    }
  } catch (thrown) {
    const gone = thrown instanceof DeliveryError && thrown.kind === 'gone';
    log.warn(
      { transcription: transcription.id, gone, cause: toDabirError(thrown).message },
      'answer not sent',
    );
    await outbox
      .postpone(transcription.id, gone ? null : outboxDelayMs, toDabirError(thrown).message)
      .catch((error) =>
        log.error({ transcription: transcription.id, cause: toDabirError(error).message }, 'outbox'),
      );
  } finally {
    hold.end();
  }
}

type Hold = {
  /** Resolves to false when the answer is somebody else's to send. Rejects with a DatabaseAwayError when nobody can tell. */
  isOurs(): Promise<boolean>;
  end(): void;
};

/** Tells others again and again that an answer is being sent, and remembers when they heard it. */
function createHold(keep: () => Promise<boolean>, isInDoubt: boolean): Hold {
  // Not the wall clock: it may jump.
  let heardAt = isInDoubt ? Number.NEGATIVE_INFINITY : performance.now();
  const tell = async () => {
    const begunAt = performance.now();
    const isOurs = await keep();
    heardAt = isOurs ? begunAt : Number.NEGATIVE_INFINITY;
    return isOurs;
  };
  const keeping = setInterval(() => void tell().catch(() => undefined), keepMs);
  return {
    isOurs: async () => performance.now() - heardAt < doubtMs || tell(),
    end: () => clearInterval(keeping),
  };
}

/**
 * Sends one delivery unless this process has sent it before. Resolves to the messages' ids; null when the answer is
 * somebody else's by now.
 */
async function sendOnce(
  dependencies: DeliverDependencies,
  transcription: Transcription,
  delivery: Delivery,
  hold: Hold,
): Promise<readonly number[] | null> {
  const { sent, leaving, log } = dependencies;
  const name = nameOf(transcription, delivery);
  const before = sent.find(name);
  if (before !== undefined) return before;
  // What is read before a message is sent may be read again; nothing is sent before all of it is read.
  const messageIds = await retryWhileDatabaseIsAway(
    async () => ((await hold.isOurs()) ? send(dependencies, transcription, delivery) : null),
    { withinMs: longestAwayMs, signal: leaving },
  ).catch((error) => {
    if (!(error instanceof DeliveryError) || error.kind !== 'refused') throw error;
    const { kind, part } = delivery;
    log.error({ transcription: transcription.id, kind, part, cause: error.message }, 'message left out');
    return [];
  });
  if (messageIds !== null) sent.add(name, messageIds);
  return messageIds;
}

/** Marks a delivery as sent, however long the database is away. Resolves to false when its file was deleted. */
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
        withinMs: longestAwayMs,
        onAway() {
          sent.wait(name);
          log.warn(
            { transcription: transcription.id },
            'the database is away; nothing new is sent until it is back',
          );
        },
      },
    );
    // A file that is tried again has another one of its own; everything else is sent once in its life.
    if (delivery.kind === 'status') sent.forget(name);
    return isThere;
  } finally {
    sent.endWait(name);
  }
}

function nameOf({ id }: Transcription, { kind, part }: Delivery): string {
  return `${id} ${kind} ${part}`;
}

async function send(
  dependencies: DeliverDependencies,
  transcription: Transcription,
  delivery: Delivery,
): Promise<readonly number[]> {
  const { replies } = dependencies;
  switch (delivery.kind) {
    case 'text':
      return [await replies.sendText(transcription, { isQuote: false, ...delivery.payload })];
    case 'album':
      return deliverDocuments(dependencies, transcription, delivery);
    case 'times':
      return deliverTimes(dependencies, transcription, delivery);
    case 'joined':
      return deliverJoined(dependencies, transcription, delivery);
    case 'status': {
      const messageId = await replies.showStatus(
        await withStatusMessage(dependencies, transcription),
        delivery.payload,
      );
      if (delivery.payload.kind === 'completed') await replies.markDone(transcription);
      return messageId === null ? [] : [messageId];
    }
    case 'clip':
      return deliverClip(dependencies, transcription, delivery);
    case 'revision':
      await reviseAnswer(dependencies, transcription, delivery);
      return [];
  }
}

/** The file with its status message: that may have come after a worker had begun. */
async function withStatusMessage(
  { lanes }: DeliverDependencies,
  file: Transcription,
): Promise<Transcription> {
  if (file.statusMessageId !== null) return file;
  const now = await lanes.find(file.id, file.userId);
  return { ...file, statusMessageId: now?.statusMessageId ?? null };
}
