import type { AnswerText } from '../../domain/answer-text.ts';
import type { DocumentFormat } from '../../domain/document.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Documents } from '../ports/documents.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Amendments } from '../ports/sent-answers.ts';
import { type Document, renderFiles } from './deliver-documents.ts';

export type ExchangeDependencies = {
  documents: Documents;
  messenger: Messenger;
  amendments: Amendments;
  log: Log;
};

/** Replaces sent documents, in the order of the formats. Resolves to the ids of the messages that show them now. */
export async function exchangeFiles(
  dependencies: ExchangeDependencies,
  to: Transcription,
  document: Document,
  formats: readonly DocumentFormat[],
  messageIds: readonly number[],
): Promise<number[]> {
  const files = await renderFiles(dependencies, to, document, formats);
  const shownIds: number[] = [];
  for (const [index, old] of messageIds.entries()) {
    const file = files[index];
    const shown = file && (await dependencies.amendments.editFile(to, old, file));
    // The user has deleted that message, so it is not sent again.
    shownIds.push(shown ?? old);
  }
  return shownIds;
}

/**
 * Replaces sent texts: sends additional messages, and deletes the ones that are no longer needed. Resolves to the ids
 * of the messages that show the texts now.
 */
export async function exchangeTexts(
  { amendments, messenger }: ExchangeDependencies,
  to: Transcription,
  texts: readonly AnswerText[],
  messageIds: readonly number[],
): Promise<number[]> {
  const shownIds: number[] = [];
  for (const [index, text] of texts.entries()) {
    const old = messageIds[index];
    shownIds.push(
      old === undefined
        ? await messenger.sendText(to, text)
        : ((await amendments.editText(to, old, text)) ?? old),
    );
  }
  if (messageIds.length > texts.length) await messenger.remove(to, messageIds.slice(texts.length));
  return shownIds;
}
