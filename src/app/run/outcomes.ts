import { answerTexts } from '../../domain/answer-text.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type DocumentChoice, writerFor } from '../../domain/document-choice.ts';
import type { EngineProfile } from '../../domain/engine.ts';
import type { DabirError } from '../../domain/errors.ts';
import { glossaryReplacements } from '../../domain/glossary-review.ts';
import { textLanguage } from '../../domain/languages.ts';
import { markLowConfidence } from '../../domain/low-confidence.ts';
import { documentParagraphs } from '../../domain/paragraphs.ts';
import { hasSeveralSpeakers, type NumberSpeaker, withSpeakers } from '../../domain/speakers.ts';
import type { StatusView } from '../../domain/status.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { Job } from '../../domain/transcription.ts';
import type { Outcome } from '../ports/lanes.ts';
import type { TranscribedFile } from '../transcribe/transcribe-file.ts';
import type { UsageRecorder } from './usage-recorder.ts';

/**
 * Returns the outcome of a successful job: its text, its documents and the final status.
 * @param attentionMs as in `JobTerms`
 */
export function buildCompletedOutcome(
  job: Job,
  engine: EngineProfile,
  { transcript, durationSeconds, lostSeconds, isWithoutSpeakers }: TranscribedFile,
  usageRecorder: UsageRecorder,
  attentionMs: number,
  numberSpeaker: NumberSpeaker,
): Outcome {
  const deliveries = buildDeliveries({ transcript, durationSeconds }, job.documents, numberSpeaker, {
    ...otherLanguage(job, transcript),
    ...isAnnounced(job, usageRecorder, attentionMs),
    lostSeconds,
    ...(isWithoutSpeakers && { isWithoutSpeakers }),
    wallSeconds: usageRecorder.wallSeconds(),
    engineName: engine.name[textLanguage(job.languageCode)],
  });
  return { state: 'COMPLETED', transcript, durationSeconds, deliveries, usage: usageRecorder.usage() };
}

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
  const { messages, isExcerpt, lowConfidence, replaced, hasSpeakers } = writeAnswer(
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
export function writeAnswer(
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

/** Probability from which on a detected language is reported against the user's choice, once, in the final status. */
const sureOfLanguage = 0.8;

function otherLanguage({ language: asked }: Job, { detected }: Transcript) {
  if (asked === null || detected === undefined) return {};
  if (detected.language === asked || detected.probability < sureOfLanguage) return {};
  return { otherLanguage: { detected: detected.language, asked } };
}

/**
 * Returns the mark of an end that comes so long after the choice of the engine that the user no longer looks at the
 * chat: a new message with a sound tells it. A group is not disturbed by any.
 */
function isAnnounced(job: Job, usageRecorder: UsageRecorder, attentionMs: number): { isAnnounced?: true } {
  const seconds = job.waitedSeconds + job.startedSeconds + usageRecorder.wallSeconds();
  return job.chatId > 0 && seconds * 1_000 > attentionMs ? { isAnnounced: true } : {};
}

/** Returns the outcome of a failed job, with its reason. */
export function buildFailedOutcome(
  job: Job,
  error: DabirError,
  usageRecorder: UsageRecorder,
  attentionMs: number,
): Outcome {
  const view = {
    kind: 'failed',
    code: error.code,
    details: error.details,
    ...isAnnounced(job, usageRecorder, attentionMs),
  } as const;
  return {
    state: 'FAILED',
    error,
    deliveries: [{ kind: 'status', part: 0, payload: view }],
    usage: usageRecorder.usage(),
  };
}
