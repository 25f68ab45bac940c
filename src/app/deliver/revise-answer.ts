import type { AnswerText } from '../../domain/answer-text.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { defaultChoice } from '../../domain/document-choice.ts';
import { inPlace, type StatusView } from '../../domain/status.ts';
import { timesTexts } from '../../domain/times-text.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { SentDelivery } from '../ports/deliveries.ts';
import type { NumberSpeakerIn } from '../ports/documents.ts';
import type { Lanes } from '../ports/lanes.ts';
import { DeliveryError } from '../ports/messenger.ts';
import type { SentAnswers } from '../ports/sent-answers.ts';
import type { Transcripts } from '../ports/transcripts.ts';
import { composeAnswer } from './build-deliveries.ts';
import { type BundleDocumentDependencies, buildBundleDocument } from './deliver-bundle.ts';
import { documentOf } from './deliver-documents.ts';
import { type ExchangeDependencies, exchangeFiles, exchangeTexts } from './exchange-messages.ts';

export type ReviseDependencies = ExchangeDependencies &
  BundleDocumentDependencies & {
    transcripts: Transcripts;
    sentAnswers: SentAnswers;
    numberSpeakerIn: NumberSpeakerIn;
    lanes: Pick<Lanes, 'find' | 'setStatusMessage'>;
  };

/**
 * Updates the sent messages of a transcript after a change: edits texts in place and replaces documents one by one,
 * including those of its bundle. A repeated call after a crash changes nothing that is already right.
 * @throws DeliveryError
 */
export async function reviseAnswer(
  dependencies: ReviseDependencies,
  transcription: Transcription,
  { payload: { revision } }: Delivery & { kind: 'revision' },
): Promise<void> {
  const { sentAnswers } = dependencies;
  const answer = await sentAnswers.read(transcription.id);
  // A later revision updates everything.
  if (answer === null || answer.revision > revision) return;
  await reviseTexts(dependencies, transcription, answer.sent);
  await reviseEach(dependencies, transcription, answer.sent);
  const bundle = await sentAnswers.bundleOf(transcription.id);
  if (bundle === null) return;
  await reviseEach(dependencies, bundle.file, bundle.sent);
  // Another process may have read the text before the change. The outbox tries again when all of it was sent.
  if (bundle.isBeingSent) throw new DeliveryError('later', 'the bundle is still being sent', undefined);
}

/**
 * Updates the messages with a transcript's text: the status message, which holds its beginning, and one delivery for
 * each further message; their number may change. In answers of older versions the beginning is a delivery too.
 */
async function reviseTexts(
  dependencies: ReviseDependencies,
  transcription: Transcription,
  sent: readonly SentDelivery[],
): Promise<void> {
  const { transcripts } = dependencies;
  const stored = await transcripts.find(transcription.id);
  if (stored === null) return;
  const deliveries = sent.map(({ delivery }) => delivery);
  const album = deliveries.find(({ kind }) => kind === 'album');
  const choice = { ...defaultChoice, ...(album?.kind === 'album' ? album.payload : {}) };
  const { messages, ...facts } = composeAnswer(
    stored.transcript,
    choice,
    dependencies.numberSpeakerIn(transcription.languageCode),
  );
  const end = deliveries.find(({ kind }) => kind === 'status');
  const view = end?.kind === 'status' && end.payload.kind === 'completed' ? end.payload : null;
  // An upload that went into one document has no text of its own.
  if (view?.isBundled) return;
  const isInStatus = view?.answer !== undefined;
  if (isInStatus) await reviseStatus(dependencies, transcription, { ...view, ...facts }, messages[0]);
  const old = new Map(
    sent.flatMap((one) => (one.delivery.kind === 'text' ? [[one.delivery.part, one] as const] : [])),
  );
  // A transcript in a bundle has no messages of its own.
  if (!isInStatus && old.size === 0) return;
  const count = Math.max(messages.length, ...[...old.keys()].map((part) => part + 1));
  for (let part = isInStatus ? 1 : 0; part < count; part += 1) {
    const before = old.get(part);
    const payload = messages[part];
    const said = before?.delivery.kind === 'text' ? before.delivery.payload.text : undefined;
    if (payload !== undefined && said === payload.text) continue;
    const texts = payload === undefined ? [] : [payload];
    const messageIds = await exchangeTexts(dependencies, transcription, texts, before?.messageIds ?? []);
    const revised = { kind: 'text', part, payload: payload ?? { text: '' } } as const;
    await save(dependencies, transcription, revised, messageIds, before?.messageIds);
  }
}

/** Updates the beginning of the text in the status message, and the end that is shown again after a late edit. */
async function reviseStatus(
  dependencies: ReviseDependencies,
  transcription: Transcription,
  view: StatusView & { readonly kind: 'completed' },
  answer: AnswerText,
): Promise<void> {
  if (view.answer?.text === answer.text) return;
  const { messenger, lanes } = dependencies;
  const payload: StatusView & { kind: 'completed' } = { ...view, answer };
  const { statusMessageId } = (await lanes.find(transcription.id, transcription.userId)) ?? transcription;
  const shown = await messenger.showStatus({ ...transcription, statusMessageId }, inPlace(payload));
  if (shown !== null && shown !== statusMessageId) await lanes.setStatusMessage(transcription.id, shown);
  // The user has deleted that message, so it is not sent again.
  const messageIds = [shown ?? statusMessageId].filter((id) => id !== null);
  const before = statusMessageId === null ? [] : [statusMessageId];
  await save(dependencies, transcription, { kind: 'status', part: 0, payload }, messageIds, before);
}

/**
 * Stores a delivery with its messages. Removes the new ones again when the user deleted the transcription in the
 * meantime.
 */
async function save(
  { sentAnswers, messenger }: ReviseDependencies,
  transcription: Transcription,
  delivery: Delivery,
  messageIds: readonly number[],
  before: readonly number[] = [],
): Promise<void> {
  if (await sentAnswers.save(transcription.id, delivery, messageIds)) return;
  const added = messageIds.filter((id) => !before.includes(id));
  if (added.length > 0) await messenger.remove(transcription, added);
}

async function reviseEach(
  dependencies: ReviseDependencies,
  transcription: Transcription,
  sent: readonly SentDelivery[],
): Promise<void> {
  for (const one of sent) {
    if (one.messageIds.length === 0) continue;
    const messageIds = await revised(dependencies, transcription, one);
    if (messageIds.join() === one.messageIds.join()) continue;
    await save(dependencies, transcription, one.delivery, messageIds, one.messageIds);
  }
}

/** Updates the messages of one delivery. Resolves to the ids of the messages that show it now. */
async function revised(
  dependencies: ReviseDependencies,
  to: Transcription,
  { delivery, messageIds }: SentDelivery,
): Promise<readonly number[]> {
  switch (delivery.kind) {
    case 'album': {
      const choice = { ...defaultChoice, ...delivery.payload };
      const document = await documentOf(dependencies, to, choice);
      if (document === null) return messageIds;
      return exchangeFiles(dependencies, to, document, choice.formats, messageIds);
    }
    case 'times': {
      const document = await documentOf(dependencies, to, { ...delivery.payload, times: 'shown' });
      if (document === null) return messageIds;
      const texts = timesTexts(document.content.paragraphs);
      if (texts === null) return exchangeFiles(dependencies, to, document, ['txt'], messageIds);
      return exchangeTexts(dependencies, to, texts, messageIds);
    }
    case 'bundle': {
      const bundle = await buildBundleDocument(dependencies, to, delivery.payload.bundle);
      if (bundle === null) return messageIds;
      const { document, formats, texts } = bundle;
      return delivery.payload.what === 'text'
        ? exchangeTexts(dependencies, to, texts, messageIds)
        : exchangeFiles(dependencies, to, document, delivery.payload.formats ?? formats, messageIds);
    }
    default:
      return messageIds;
  }
}
