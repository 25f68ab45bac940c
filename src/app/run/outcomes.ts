import { answerTexts } from '../../domain/answer-text.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type DocumentChoice, writerFor } from '../../domain/document-choice.ts';
import type { EngineProfile } from '../../domain/engine.ts';
import type { DabirError } from '../../domain/errors.ts';
import { glossaryReplacements } from '../../domain/glossary-review.ts';
import { textLanguage } from '../../domain/languages.ts';
import { markLowConfidence } from '../../domain/low-confidence.ts';
import { documentParagraphs } from '../../domain/paragraphs.ts';
import type { StatusView } from '../../domain/status.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { Job } from '../../domain/transcription.ts';
import type { Outcome } from '../ports/lanes.ts';
import type { TranscribedFile } from '../transcribe/transcribe-file.ts';
import type { UsageRecorder } from './usage-recorder.ts';

/** Returns the outcome of a successful job: its text, its documents and the final status. */
export function buildCompletedOutcome(
  job: Job,
  engine: EngineProfile,
  { transcript, durationSeconds, lostSeconds, isWithoutSpeakers }: TranscribedFile,
  usageRecorder: UsageRecorder,
): Outcome {
  const deliveries = buildDeliveries({ transcript, durationSeconds }, job.documents, {
    ...otherLanguage(job, transcript),
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
  facts: Omit<
    StatusView & { kind: 'completed' },
    'kind' | 'durationSeconds' | 'formats' | 'isExcerpt' | 'isCompact'
  >,
): Delivery[] {
  const { messages, isExcerpt, lowConfidence } = writeAnswer(transcript, documents);
  const replaced = glossaryReplacements(transcript.segments).reduce((sum, { places }) => sum + places, 0);
  const view = {
    ...facts,
    kind: 'completed',
    durationSeconds,
    formats: documents.formats,
    ...(documents.isCompact && { isCompact: true }),
    ...(isExcerpt && { isExcerpt }),
    ...(replaced > 0 && { replaced }),
    ...(lowConfidence > 0 && { lowConfidence }),
  } as const;
  return [
    ...messages.map((message, part) => ({ kind: 'text' as const, part, payload: message })),
    // Also without documents: a correction reads the user's choice from it.
    { kind: 'album', part: 0, payload: documents },
    { kind: 'status', part: 0, payload: view },
  ];
}

/** Returns a transcript's text as messages, written with the user's settings. */
export function writeAnswer(
  { language, segments }: Transcript,
  documents: DocumentChoice,
): ReturnType<typeof answerTexts> & { readonly lowConfidence: number } {
  const paragraphs = documentParagraphs(segments, writerFor(language, documents));
  const { text, marks } = markLowConfidence(paragraphs);
  const isMarked = documents.lowConfidence === 'marked';
  const hasFiles = documents.formats.length > 0 || documents.isCompact === true;
  return {
    ...answerTexts(text, hasFiles, isMarked ? marks : []),
    lowConfidence: marks.length,
  };
}

/** Probability from which on a detected language is reported against the user's choice, once, in the final status. */
const sureOfLanguage = 0.8;

function otherLanguage({ language: asked }: Job, { detected }: Transcript) {
  if (asked === null || detected === undefined) return {};
  if (detected.language === asked || detected.probability < sureOfLanguage) return {};
  return { otherLanguage: { detected: detected.language, asked } };
}

/** Returns the outcome of a failed job, with its reason. */
export function buildFailedOutcome(error: DabirError, usageRecorder: UsageRecorder): Outcome {
  const view = { kind: 'failed', code: error.code, details: error.details } as const;
  return {
    state: 'FAILED',
    error,
    deliveries: [{ kind: 'status', part: 0, payload: view }],
    usage: usageRecorder.usage(),
  };
}
