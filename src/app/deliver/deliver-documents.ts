import type { Delivery } from '../../domain/delivery.ts';
import type { DocumentContent, DocumentFile, DocumentFormat } from '../../domain/document.ts';
import { type DocumentChoice, defaultChoice } from '../../domain/document-choice.ts';
import type { TranscriptionId } from '../../domain/ids.ts';
import { timesTexts } from '../../domain/times-text.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Undelivered } from '../ports/deliveries.ts';
import type { Documents, Wording } from '../ports/documents.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { TitleSource, Transcripts } from '../ports/transcripts.ts';
import type { Understood } from '../ports/understood.ts';
import { sendTexts } from './send-texts.ts';

export type DeliverDocumentsDependencies = {
  transcripts: Transcripts;
  understood: Pick<Understood, 'findExtras'>;
  documents: Documents;
  wording: Wording;
  messenger: Messenger;
  log: Log;
};

/**
 * Sends a transcript's documents, all formats in one album. Resolves to the message ids; empty when the transcription
 * was deleted.
 */
export async function deliverDocuments(
  dependencies: DeliverDocumentsDependencies,
  transcription: Transcription,
  { payload }: Delivery & { kind: 'album' },
): Promise<readonly number[]> {
  if (payload.formats.length === 0) return [];
  // The message of a burst shows that more is to come.
  if (typeof transcription.burstId !== 'number') {
    void dependencies.messenger.showActivity(transcription, 'upload_document');
  }
  const document = await documentOf(dependencies, transcription, { ...defaultChoice, ...payload });
  return document === null ? [] : sendDocument(dependencies, transcription, document, payload.formats);
}

/** Sends a transcript with the time of each segment: as messages, or as one text document when it is long. */
export async function deliverTimes(
  dependencies: DeliverDocumentsDependencies,
  transcription: Transcription,
  { payload }: Delivery & { kind: 'times' },
): Promise<readonly number[]> {
  const document = await documentOf(dependencies, transcription, { ...payload, times: 'shown' });
  if (document === null) return [];
  const messages = timesTexts(document.content.paragraphs);
  if (messages === null) return sendDocument(dependencies, transcription, document, ['txt']);
  return sendTexts(dependencies.messenger, transcription, messages);
}

/** Content from which a transcript's documents are rendered. */
export type Document = { readonly content: DocumentContent; readonly baseName: string };

/**
 * Returns a transcript's document with these settings. Returns null when the transcription was deleted in the meantime.
 */
export async function documentOf(
  {
    transcripts,
    wording,
    understood,
  }: Pick<DeliverDocumentsDependencies, 'transcripts' | 'wording' | 'understood'>,
  transcription: Transcription,
  choice: DocumentChoice,
): Promise<Document | null> {
  const found = await transcripts.findWithEarlier(transcription.id);
  if (found === null) return null;
  const extras = await understood.findExtras(transcription, choice);
  const document = wording.document(transcription, found.stored, choice, extras);
  if (extras?.title != null) return document;
  return withOwnName(wording, transcription, choice, document, found.earlier);
}

/**
 * Returns a document with a number in its name when files of the user's earlier transcripts have the same name; two
 * files with one name cannot be told apart in a chat's list of files.
 */
function withOwnName(
  wording: Wording,
  { languageCode }: Transcription,
  choice: DocumentChoice,
  document: Document,
  earlier: readonly TitleSource[],
): Document {
  const { baseName } = document;
  const taken = earlier.filter((source) => wording.fileTitle(source, choice) === baseName).length;
  return taken === 0
    ? document
    : { ...document, baseName: wording.numbered(languageCode, baseName, taken + 1) };
}

/** Sends a document in these formats; with no formats it sends nothing. Resolves to the message ids. */
export async function sendDocument(
  dependencies: DeliverDocumentsDependencies,
  transcription: Transcription,
  document: Document,
  formats: readonly DocumentFormat[],
): Promise<readonly number[]> {
  if (formats.length === 0) return [];
  const files = await renderFiles(dependencies, transcription, document, formats);
  return dependencies.messenger.sendFiles(transcription, files);
}

/** Renders a document in the given formats, in their order. */
export async function renderFiles(
  { documents, log }: Pick<DeliverDocumentsDependencies, 'documents' | 'log'>,
  transcription: Transcription,
  { content, baseName }: Document,
  formats: readonly DocumentFormat[],
): Promise<DocumentFile[]> {
  const files = await documents.render(content, formats, baseName);
  for (const [index, { missingGlyphs }] of files.entries()) {
    if (missingGlyphs.length === 0) continue;
    const characters = missingGlyphs.slice(0, 20);
    log.warn(
      { transcription: transcription.id, format: formats[index], characters },
      'no font for some characters',
    );
  }
  return files;
}

/**
 * Sends the documents of several transcriptions of a chat as one album of at most ten, as a reply to the first upload.
 * Resolves to the message ids of each; empty for one that was deleted.
 */
export async function sendAlbum(
  dependencies: DeliverDocumentsDependencies,
  group: readonly Undelivered[],
): Promise<ReadonlyMap<TranscriptionId, readonly number[]>> {
  const rendered: { readonly to: Transcription; readonly files: readonly DocumentFile[] }[] = [];
  for (const { transcription: to, deliveries } of group) {
    for (const { kind, payload } of deliveries) {
      if (kind !== 'album') continue;
      const document = await documentOf(dependencies, to, { ...defaultChoice, ...payload });
      if (document === null) continue;
      rendered.push({ to, files: await renderFiles(dependencies, to, document, payload.formats) });
    }
  }
  const [first] = rendered;
  if (first === undefined) return new Map();
  const messageIds = await dependencies.messenger.sendFiles(
    first.to,
    rendered.flatMap(({ files }) => files),
  );
  let from = 0;
  return new Map(
    rendered.map(({ to, files }) => {
      const own = messageIds.slice(from, from + files.length);
      from += files.length;
      return [to.id, own];
    }),
  );
}
