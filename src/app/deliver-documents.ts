import type { Delivery } from '../domain/delivery.ts';
import type { DocumentContent, DocumentFile, DocumentFormat } from '../domain/document.ts';
import { type DocumentChoice, usualChoice } from '../domain/document-choice.ts';
import { timesTexts } from '../domain/times-text.ts';
import type { Transcription } from '../domain/transcription.ts';
import type { Documents, Replies, Transcripts, Wording } from './ports/answers.ts';
import type { Log } from './ports/operations.ts';

export type DeliverDocumentsDependencies = {
  transcripts: Transcripts;
  documents: Documents;
  wording: Wording;
  replies: Replies;
  log: Log;
};

/** Sends a transcript's files, all formats in one album. Resolves to the messages' ids, none when it has been deleted. */
export async function deliverDocuments(
  dependencies: DeliverDocumentsDependencies,
  transcription: Transcription,
  { payload }: Delivery & { kind: 'album' },
): Promise<readonly number[]> {
  if (payload.formats.length > 0) void dependencies.replies.showActivity(transcription, 'upload_document');
  const document = await documentOf(dependencies, transcription, { ...usualChoice, ...payload });
  return document === null ? [] : sendDocument(dependencies, transcription, document, payload.formats);
}

/** Sends a transcript with the time of each stretch: as messages, or as one text file when it is long. */
export async function deliverTimes(
  dependencies: DeliverDocumentsDependencies,
  transcription: Transcription,
  { payload }: Delivery & { kind: 'times' },
): Promise<readonly number[]> {
  const document = await documentOf(dependencies, transcription, { ...payload, times: 'shown' });
  if (document === null) return [];
  const messages = timesTexts(document.content.paragraphs);
  if (messages === null) return sendDocument(dependencies, transcription, document, ['txt']);
  const ids: number[] = [];
  for (const message of messages) ids.push(await dependencies.replies.sendText(transcription, message));
  return ids;
}

/** What a transcript's files are made of. */
export type Document = { readonly content: DocumentContent; readonly baseName: string };

/** A transcript's document as chosen. Null when the transcript has been deleted in the meantime: there is nothing to send any more. */
export async function documentOf(
  { transcripts, wording }: Pick<DeliverDocumentsDependencies, 'transcripts' | 'wording'>,
  transcription: Transcription,
  choice: DocumentChoice,
): Promise<Document | null> {
  const stored = await transcripts.find(transcription.id);
  return stored && wording.document(transcription, stored, choice);
}

/** Sends a document in these formats, none when there are none. Resolves to the messages' ids. */
export async function sendDocument(
  dependencies: DeliverDocumentsDependencies,
  transcription: Transcription,
  document: Document,
  formats: readonly DocumentFormat[],
): Promise<readonly number[]> {
  if (formats.length === 0) return [];
  const files = await renderFiles(dependencies, transcription, document, formats);
  return dependencies.replies.sendFiles(transcription, files);
}

/** A document as files, in the order of the formats. */
export async function renderFiles(
  { documents, log }: Pick<DeliverDocumentsDependencies, 'documents' | 'log'>,
  transcription: Transcription,
  { content, baseName }: Document,
  formats: readonly DocumentFormat[],
): Promise<DocumentFile[]> {
  const files = [];
  for (const format of formats) {
    const file = await documents.render(content, format, baseName);
    if (file.undrawn.length > 0) {
      const characters = file.undrawn.slice(0, 20);
      log.warn({ transcription: transcription.id, format, characters }, 'no font for some characters');
    }
    files.push(file);
  }
  return files;
}
