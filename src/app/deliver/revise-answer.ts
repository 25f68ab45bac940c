import type { Delivery } from '../../domain/delivery.ts';
import { usualChoice } from '../../domain/document-choice.ts';
import { timesTexts } from '../../domain/times-text.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Transcripts } from '../ports/answers.ts';
import type { SentAnswers, SentDelivery } from '../ports/sent-answers.ts';
import { writeAnswer } from '../run/outcomes.ts';
import { type BundleDocumentDependencies, buildBundleDocument } from './deliver-bundle.ts';
import { documentOf } from './deliver-documents.ts';
import { type ExchangeDependencies, exchangeFiles, exchangeTexts } from './exchange-messages.ts';

export type ReviseDependencies = ExchangeDependencies &
  BundleDocumentDependencies & { transcripts: Transcripts; sentAnswers: SentAnswers };

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
  if (bundle !== null) await reviseEach(dependencies, bundle.file, bundle.sent);
}

/** Updates the messages with a transcript's text. Each is a delivery of its own; their number may change. */
async function reviseTexts(
  dependencies: ReviseDependencies,
  transcription: Transcription,
  sent: readonly SentDelivery[],
): Promise<void> {
  const { sentAnswers, transcripts } = dependencies;
  const old = sent.filter(({ delivery }) => delivery.kind === 'text');
  const stored = await transcripts.find(transcription.id);
  // A transcript in a bundle has no messages of its own.
  if (old.length === 0 || stored === null) return;
  const album = sent.map(({ delivery }) => delivery).find(({ kind }) => kind === 'album');
  const choice = { ...usualChoice, ...(album?.kind === 'album' ? album.payload : {}) };
  const { messages } = writeAnswer(stored.transcript, choice);
  for (let part = 0; part < Math.max(old.length, messages.length); part += 1) {
    const before = old[part];
    const payload = messages[part];
    const said = before?.delivery.kind === 'text' ? before.delivery.payload.text : undefined;
    if (payload !== undefined && said === payload.text) continue;
    const texts = payload === undefined ? [] : [payload];
    const messageIds = await exchangeTexts(dependencies, transcription, texts, before?.messageIds ?? []);
    const now = { kind: 'text', part, payload: payload ?? { text: '' } } as const;
    await sentAnswers.save(transcription.id, now, messageIds);
  }
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
    await dependencies.sentAnswers.save(transcription.id, one.delivery, messageIds);
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
      const choice = { ...usualChoice, ...delivery.payload };
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
        : exchangeFiles(dependencies, to, document, formats, messageIds);
    }
    default:
      return messageIds;
  }
}
