import { isSpokenFor } from '../../domain/burst.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { StatusView } from '../../domain/status.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Lanes } from '../ports/lanes.ts';
import { type DeliverBundleDependencies, deliverBundle } from './deliver-bundle.ts';
import { type ClipDependencies, deliverClip } from './deliver-clip.ts';
import { deliverDocuments, deliverTimes } from './deliver-documents.ts';
import { type RememberVoiceDependencies, rememberVoice } from './remember-voice.ts';
import { type ReviseDependencies, reviseAnswer } from './revise-answer.ts';

/** `sendDelivery` with its dependencies bound. */
export type SendDelivery = (transcription: Transcription, delivery: Delivery) => Promise<readonly number[]>;

/** The dependencies of all kinds of deliveries. */
export type SendDeliveryDependencies = DeliverBundleDependencies &
  ReviseDependencies &
  ClipDependencies &
  RememberVoiceDependencies & { lanes: Pick<Lanes, 'find'> };

/**
 * Sends one delivery by its kind. Resolves to the ids of its messages; empty when nothing was left to send.
 * @throws DeliveryError, or a DabirError for a failure that may pass
 */
export async function sendDelivery(
  dependencies: SendDeliveryDependencies,
  transcription: Transcription,
  delivery: Delivery,
): Promise<readonly number[]> {
  const { messenger } = dependencies;
  switch (delivery.kind) {
    case 'text':
      return [await messenger.sendText(transcription, { isQuote: false, ...delivery.payload })];
    case 'album':
      return deliverDocuments(dependencies, transcription, delivery);
    case 'times':
      return deliverTimes(dependencies, transcription, delivery);
    case 'bundle':
      return deliverBundle(dependencies, transcription, delivery);
    case 'status':
      return sendEnd(dependencies, await withStatusMessage(dependencies, transcription), delivery.payload);
    case 'clip':
      return deliverClip(dependencies, transcription, delivery);
    case 'voice':
      return rememberVoice(dependencies, transcription, delivery);
    case 'revision':
      await reviseAnswer(dependencies, transcription, delivery);
      return [];
  }
}

/** Shows how a transcription ended. A text whose message the user has deleted is sent again. */
async function sendEnd(
  { messenger }: Pick<SendDeliveryDependencies, 'messenger'>,
  to: Transcription,
  view: StatusView,
): Promise<readonly number[]> {
  // The message of its burst says so.
  if (isSpokenFor(to) && (view.kind === 'cancelled' || (view.kind === 'completed' && view.isBundled)))
    return [];
  const shown = await messenger.showStatus(to, view);
  if (shown !== null) return [shown];
  if (view.kind !== 'completed' || view.answer === undefined || view.isBundled) return [];
  const sent = await messenger.showStatus({ ...to, statusMessageId: null }, view);
  return sent === null ? [] : [sent];
}

/**
 * Returns the transcription with its status message and its burst: the message may have been sent after the worker
 * began, or become that of a burst.
 */
async function withStatusMessage(
  { lanes }: Pick<SendDeliveryDependencies, 'lanes'>,
  file: Transcription,
): Promise<Transcription> {
  if (file.statusMessageId !== null) return file;
  const current = await lanes.find(file.id, file.userId);
  return { ...file, statusMessageId: current?.statusMessageId ?? null, burstId: current?.burstId ?? null };
}
