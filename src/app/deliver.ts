import { type Delivery, inOrderOfDelivery } from '../domain/delivery.ts';
import { toDabirError } from '../domain/errors.ts';
import type { Transcription } from '../domain/transcription.ts';
import { deliverDocuments, deliverTimes } from './deliver-documents.ts';
import { type DeliverJoinedDependencies, deliverJoined } from './deliver-joined.ts';
import { type Deliveries, DeliveryError, type Undelivered } from './ports/answers.ts';
import type { Lanes } from './ports/lanes.ts';
import { type ClipDependencies, deliverClip } from './text/deliver-clip.ts';
import { type ReviseDependencies, reviseAnswer } from './text/revise-answer.ts';

export type DeliverDependencies = DeliverJoinedDependencies &
  ReviseDependencies &
  ClipDependencies & {
    deliveries: Deliveries;
    lanes: Pick<Lanes, 'find'>;
    /** Until somebody tries again to send what could not be sent, in milliseconds. */
    outboxDelayMs: number;
    /** Aborts when this process is about to end: no further message is begun, the outbox has the rest. */
    leaving: AbortSignal;
  };

/** A slow Telegram may take longer than others leave an answer alone, so they are told that it is being sent. */
const keepMs = 5_000;

/**
 * Sends what is unsent of a finished file, in order, and marks each message as it goes: the outbox. A message is sent
 * twice only if the process dies between the sending and the mark. Never rejects: what cannot be sent now stays in
 * the outbox, what Telegram will never take is left out, and a person who blocked the bot gets nothing more.
 */
export async function deliver(
  dependencies: DeliverDependencies,
  { transcription, deliveries }: Undelivered,
): Promise<void> {
  const { deliveries: outbox, log, outboxDelayMs } = dependencies;
  const unsent = inOrderOfDelivery(deliveries);
  const keeping = setInterval(() => void outbox.keep(transcription.id).catch(() => undefined), keepMs);
  try {
    for (const [index, delivery] of unsent.entries()) {
      if (dependencies.leaving.aborted) return;
      const messageIds = await send(dependencies, transcription, delivery).catch((error) => {
        if (!(error instanceof DeliveryError) || error.kind !== 'refused') throw error;
        const { kind, part } = delivery;
        log.error({ transcription: transcription.id, kind, part, cause: error.message }, 'message left out');
        return [];
      });
      const last = index === unsent.length - 1;
      if (await outbox.markSent(transcription.id, delivery, messageIds, last)) continue;
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
    clearInterval(keeping);
  }
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
