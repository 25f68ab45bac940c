import { answerTexts } from '../domain/answer-text.ts';
import type { Delivery } from '../domain/delivery.ts';
import { oneRecording, textWithHeadings } from '../domain/one-document.ts';
import type { Transcription } from '../domain/transcription.ts';
import type { BundledTranscript, Bundles } from './bundles.ts';
import { type DeliverDocumentsDependencies, sendDocument } from './deliver-documents.ts';
import type { Settings } from './ports.ts';

export type DeliverJoinedDependencies = DeliverDocumentsDependencies & {
  bundles: Pick<Bundles, 'transcripts'>;
  settings: Pick<Settings, 'documents'>;
};

/** Names that stand in the document's title; of more people it says nothing. */
const mostNames = 3;

/**
 * Sends the text or the files of several recordings as one document. Resolves to the messages' ids, none when all of it
 * has been deleted.
 * @param to the recording that it is a reply to
 */
export async function deliverJoined(
  dependencies: DeliverJoinedDependencies,
  to: Transcription,
  { payload }: Delivery & { kind: 'joined' },
): Promise<readonly number[]> {
  const bundled = await dependencies.bundles.transcripts(payload.bundle);
  const [first] = bundled;
  if (first === undefined) return [];
  const choice = await dependencies.settings.documents(to.userId);
  const document = dependencies.wording.document(
    { ...first.transcription, fileName: null, senderName: namesOf(bundled) },
    oneRecording(
      bundled.map(({ transcription: { languageCode, sentAt }, stored, senderName }) => ({
        ...stored,
        heading: dependencies.wording.heading(languageCode, senderName, sentAt),
      })),
    ),
    choice,
  );
  if (payload.what === 'files') return sendDocument(dependencies, to, document, choice.formats);
  const { messages } = answerTexts(textWithHeadings(document.content.paragraphs), choice.formats.length > 0);
  const ids: number[] = [];
  for (const message of messages) ids.push(await dependencies.replies.sendText(to, message));
  return ids;
}

function namesOf(bundled: readonly BundledTranscript[]): string | null {
  const names = new Set(bundled.map(({ senderName }) => senderName).filter((name) => name !== ''));
  return names.size === 0 || names.size > mostNames ? null : [...names].join(' · ');
}
