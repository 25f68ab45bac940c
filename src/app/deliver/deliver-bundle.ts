import { type AnswerText, answerTexts } from '../../domain/answer-text.ts';
import { bundledUpload, textWithHeadings } from '../../domain/bundle-document.ts';
import type { BurstId } from '../../domain/burst.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { DocumentFormat } from '../../domain/document.ts';
import { wantedFormats } from '../../domain/document-choice.ts';
import { hasSeveralSpeakers, type NumberSpeaker, withSpeakers } from '../../domain/speakers.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { BundledTranscript, BundledTranscripts } from '../ports/bursts.ts';
import type { NumberSpeakerIn, Wording } from '../ports/documents.ts';
import type { Settings } from '../ports/settings.ts';
import { type DeliverDocumentsDependencies, type Document, sendDocument } from './deliver-documents.ts';
import { sendTexts } from './send-texts.ts';

export type BundleDocumentDependencies = {
  bundles: BundledTranscripts;
  settings: Pick<Settings, 'documents'>;
  wording: Wording;
  numberSpeakerIn: NumberSpeakerIn;
};

export type DeliverBundleDependencies = BundleDocumentDependencies & DeliverDocumentsDependencies;

/** Maximum number of names in the document's title; with more senders the title has none. */
const maxNames = 3;

/**
 * Sends the text or the documents of a bundle. Resolves to the message ids; empty when all of it was deleted.
 * @param to the transcription whose message is replied to
 */
export async function deliverBundle(
  dependencies: DeliverBundleDependencies,
  to: Transcription,
  { payload }: Delivery & { kind: 'bundle' },
): Promise<readonly number[]> {
  const bundle = await buildBundleDocument(dependencies, to, payload.bundle);
  if (bundle === null) return [];
  if (payload.what === 'files')
    return sendDocument(dependencies, to, bundle.document, payload.formats ?? bundle.formats);
  return sendTexts(dependencies.messenger, to, bundle.texts, true);
}

/** Returns a bundle as one document, with the user's current settings; null when all of it was deleted. */
export async function buildBundleDocument(
  { bundles, settings, wording, numberSpeakerIn }: BundleDocumentDependencies,
  to: Transcription,
  bundle: BurstId,
): Promise<{ document: Document; formats: readonly DocumentFormat[]; texts: readonly AnswerText[] } | null> {
  const bundled = await bundles.listTranscripts(bundle);
  const [first] = bundled;
  if (first === undefined) return null;
  const choice = await settings.documents(to.userId);
  const names = namesOf(bundled);
  const written = wording.document(
    { ...first.transcription, fileName: null, senderName: names },
    bundledUpload(
      bundled.map(({ transcription: { languageCode, sentAt }, stored, senderName }) => ({
        ...stored,
        transcript: withReadableSpeakers(stored.transcript, numberSpeakerIn(languageCode)),
        heading: wording.heading(languageCode, senderName, sentAt, choice),
      })),
    ),
    choice,
  );
  // The senders' names tell such documents apart in the chat.
  const document = names === null ? written : { ...written, baseName: `${names} – ${written.baseName}` };
  const text = textWithHeadings(document.content.paragraphs);
  const { messages } = answerTexts(text, false);
  const formats = choice.formats.length > 0 ? [] : wantedFormats(choice.lastFormat);
  const last = messages.length - 1;
  // No button copies a text of several messages; the other buttons are under the last one.
  const texts = messages.map((message, index) =>
    index === last && (formats.length > 0 || last === 0)
      ? { ...message, bundle: { id: to.id, formats } }
      : message,
  );
  return { document, formats: choice.formats, texts };
}

/** Returns a transcript whose speakers have their names; one speaker alone is the sender. */
function withReadableSpeakers(transcript: Transcript, numberSpeaker: NumberSpeaker): Transcript {
  const shown = hasSeveralSpeakers(transcript.segments) ? 'shown' : 'hidden';
  return { ...transcript, segments: withSpeakers(transcript.segments, shown, numberSpeaker) };
}

function namesOf(bundled: readonly BundledTranscript[]): string | null {
  const names = new Set(bundled.map(({ senderName }) => senderName).filter((name) => name !== ''));
  return names.size === 0 || names.size > maxNames ? null : [...names].join(' · ');
}
