import { answerTexts } from '../../domain/answer-text.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type DocumentChoice, writerFor } from '../../domain/document-choice.ts';
import { glossaryReplacements } from '../../domain/glossary-review.ts';
import { markLowConfidence } from '../../domain/low-confidence.ts';
import { documentParagraphs } from '../../domain/paragraphs.ts';
import { hasSeveralSpeakers, type NumberSpeaker, withSpeakers } from '../../domain/speakers.ts';
import type { StatusView } from '../../domain/status.ts';
import type { Transcript } from '../../domain/transcript.ts';

/**
 * Returns the deliveries of a transcript: the text, the documents in the user's formats, and the final status.
 * @param facts other facts that the status shows
 */
export function buildDeliveries(
  { transcript, durationSeconds }: { readonly transcript: Transcript; readonly durationSeconds: number },
  documents: DocumentChoice,
  numberSpeaker: NumberSpeaker,
  facts: Omit<
    StatusView & { kind: 'completed' },
    | 'kind'
    | 'durationSeconds'
    | 'formats'
    | 'lastFormat'
    | 'isExcerpt'
    | 'isCompact'
    | 'answer'
    | 'hasSpeakers'
  >,
): Delivery[] {
  const { messages, isExcerpt, lowConfidence, replaced, hasSpeakers } = composeAnswer(
    transcript,
    documents,
    numberSpeaker,
  );
  const [answer, ...others] = messages;
  const view = {
    ...facts,
    kind: 'completed',
    durationSeconds,
    answer,
    formats: documents.formats,
    ...(documents.lastFormat !== undefined && { lastFormat: documents.lastFormat }),
    ...(documents.isCompact && { isCompact: true }),
    ...(isExcerpt && { isExcerpt }),
    ...(replaced > 0 && { replaced }),
    ...(lowConfidence > 0 && { lowConfidence }),
    ...(hasSpeakers && { hasSpeakers }),
  } as const;
  return [
    { kind: 'status', part: 0, payload: view },
    ...others.map((message, index) => ({ kind: 'text' as const, part: index + 1, payload: message })),
    // Also without documents: a correction reads the user's choice from it.
    { kind: 'album', part: 0, payload: documents },
  ];
}

/**
 * Returns a transcript's text as messages, written with the user's settings, and what is special in it. The names of
 * two speakers or more stand before what they say.
 */
export function composeAnswer(
  { language, segments }: Transcript,
  documents: DocumentChoice,
  numberSpeaker: NumberSpeaker,
): ReturnType<typeof answerTexts> & {
  readonly lowConfidence: number;
  readonly replaced: number;
  readonly hasSpeakers: boolean;
} {
  const spoken = withSpeakers(segments, documents.speakers, numberSpeaker);
  const paragraphs = documentParagraphs(spoken, writerFor(language, documents));
  const { text, marks } = markLowConfidence(paragraphs, hasSeveralSpeakers(spoken) ? 'by speaker' : 'none');
  const isMarked = documents.lowConfidence === 'marked';
  return {
    ...answerTexts(text, documents.isCompact === true, isMarked ? marks : []),
    lowConfidence: marks.length,
    hasSpeakers: documents.speakers !== 'hidden' && hasSeveralSpeakers(segments),
    replaced: glossaryReplacements(segments).reduce((sum, { places }) => sum + places, 0),
  };
}
