import type { AnswerText } from '../../domain/answer-text.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type DocumentChoice, usualChoice } from '../../domain/document-choice.ts';
import { timesTexts } from '../../domain/times-text.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { type DeliverDocumentsDependencies, documentOf, renderFiles } from '../deliver-documents.ts';
import { writtenAnswer } from '../outcomes.ts';
import type { StoredTranscript } from '../ports.ts';
import type { Amendments, SentAnswers, SentDelivery } from './ports.ts';

export type ReviseDependencies = DeliverDocumentsDependencies & {
  sentAnswers: SentAnswers;
  amendments: Amendments;
};

/**
 * Makes what was sent of a transcript say what it says now: texts are edited in place, files exchanged one by one. Done
 * again after a crash, it changes nothing that is right already. Rejects with a DeliveryError.
 */
export async function reviseAnswer(
  dependencies: ReviseDependencies,
  transcription: Transcription,
  { payload: { revision } }: Delivery & { kind: 'revision' },
): Promise<void> {
  const { sentAnswers, transcripts } = dependencies;
  const answer = await sentAnswers.read(transcription.id);
  // A later one brings all of it.
  if (answer === null || answer.revision > revision) return;
  const stored = await transcripts.find(transcription.id);
  if (stored === null) return;
  const sent = answer.sent.toSorted((a, b) => a.delivery.part - b.delivery.part);
  await reviseTexts(dependencies, transcription, stored, sent);
  for (const one of sent) {
    const messageIds = await revised(dependencies, transcription, one);
    if (messageIds.some((id, index) => id !== one.messageIds[index])) {
      await sentAnswers.keep(transcription.id, one.delivery, messageIds);
    }
  }
}

/** The messages that show it now. */
async function revised(
  dependencies: ReviseDependencies,
  transcription: Transcription,
  { delivery, messageIds }: SentDelivery,
): Promise<readonly number[]> {
  if (messageIds.length === 0) return messageIds;
  if (delivery.kind === 'album') {
    return exchange(dependencies, transcription, { ...usualChoice, ...delivery.payload }, messageIds);
  }
  if (delivery.kind !== 'times') return messageIds;
  const choice = { ...delivery.payload, times: 'shown' } as const;
  const document = await documentOf(dependencies, transcription, choice);
  const texts = document && timesTexts(document.content.paragraphs);
  if (texts === null) {
    return exchange(dependencies, transcription, { ...choice, formats: ['txt'] }, messageIds);
  }
  return Promise.all(
    texts.map((text, index) => rewrite(dependencies, transcription, messageIds[index], text)),
  );
}

/** Files for files. */
async function exchange(
  dependencies: ReviseDependencies,
  transcription: Transcription,
  choice: DocumentChoice,
  messageIds: readonly number[],
): Promise<number[]> {
  const document = await documentOf(dependencies, transcription, choice);
  if (document === null) return [...messageIds];
  const files = await renderFiles(dependencies, transcription, document, choice.formats);
  const now: number[] = [];
  for (const [index, old] of messageIds.entries()) {
    const file = files[index];
    now.push(
      (file && (await dependencies.amendments.editFile(transcription, old, file))) ??
        // Its person has deleted it, and does not want it.
        old,
    );
  }
  return now;
}

/** The messages with the text; there may be more of them now, or fewer. */
async function reviseTexts(
  dependencies: ReviseDependencies,
  transcription: Transcription,
  { transcript }: StoredTranscript,
  sent: readonly SentDelivery[],
): Promise<void> {
  const { sentAnswers, replies } = dependencies;
  const album = sent.map(({ delivery }) => delivery).find(({ kind }) => kind === 'album');
  const choice = { ...usualChoice, ...(album?.kind === 'album' ? album.payload : {}) };
  const { messages } = writtenAnswer(transcript, choice);
  const old = sent.filter(({ delivery }) => delivery.kind === 'text');
  // What went into one document with others has none.
  if (old.length === 0) return;
  for (let part = 0; part < Math.max(old.length, messages.length); part += 1) {
    const [before, payload] = [old[part], messages[part]];
    if (payload === undefined) {
      await replies.remove(transcription, before?.messageIds ?? []);
      const nothing = { kind: 'text', part, payload: { text: '' } } as const;
      await sentAnswers.keep(transcription.id, nothing, []);
    } else if (before?.delivery.kind !== 'text' || before.delivery.payload.text !== payload.text) {
      const messageId = await rewrite(dependencies, transcription, before?.messageIds[0], payload);
      await sentAnswers.keep(transcription.id, { kind: 'text', part, payload }, [messageId]);
    }
  }
}

/** A message for a message; a new one where there was none. */
async function rewrite(
  { amendments, replies }: ReviseDependencies,
  transcription: Transcription,
  old: number | undefined,
  text: AnswerText,
): Promise<number> {
  if (old === undefined) return replies.sendText(transcription, text);
  return (await amendments.editText(transcription, old, text)) ?? old;
}
