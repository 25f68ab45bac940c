import { answerTexts } from '../domain/answer-text.ts';
import type { Delivery } from '../domain/delivery.ts';
import { type DocumentChoice, writerFor } from '../domain/document-choice.ts';
import type { EngineProfile } from '../domain/engine.ts';
import type { DabirError } from '../domain/errors.ts';
import { glossaryReplacements } from '../domain/glossary-review.ts';
import { textLanguage } from '../domain/languages.ts';
import { documentParagraphs } from '../domain/paragraphs.ts';
import type { StatusView } from '../domain/status.ts';
import type { Transcript } from '../domain/transcript.ts';
import type { Job } from '../domain/transcription.ts';
import { withDoubtMarked } from '../domain/uncertain.ts';
import type { Heard } from './listen.ts';
import type { Outcome } from './ports/lanes.ts';
import type { Receipt } from './receipt.ts';

/** A file that became a transcript: its text, its files, and the status that says so. */
export function completed(
  job: Job,
  engine: EngineProfile,
  { transcript, durationSeconds, lostSeconds }: Heard,
  receipt: Receipt,
): Outcome {
  const deliveries = answerDeliveries({ transcript, durationSeconds }, job.documents, {
    ...otherLanguage(job, transcript),
    lostSeconds,
    wallSeconds: receipt.wallSeconds(),
    engineName: engine.name[textLanguage(job.languageCode)],
    ...(job.offersAlways && { offersAlways: true }),
  });
  return { state: 'COMPLETED', transcript, durationSeconds, deliveries, usage: receipt.usage() };
}

/**
 * What a person gets of a transcript: the text, the files of their choice, and the status that says so.
 * @param facts what the status says besides
 */
export function answerDeliveries(
  { transcript, durationSeconds }: { readonly transcript: Transcript; readonly durationSeconds: number },
  documents: DocumentChoice,
  facts: Omit<
    StatusView & { kind: 'completed' },
    'kind' | 'durationSeconds' | 'formats' | 'isExcerpt' | 'isCompact'
  >,
): Delivery[] {
  const { messages, isExcerpt, unsure } = writtenAnswer(transcript, documents);
  const replaced = glossaryReplacements(transcript.segments).reduce((sum, { places }) => sum + places, 0);
  const view = {
    ...facts,
    kind: 'completed',
    durationSeconds,
    formats: documents.formats,
    ...(documents.isCompact && { isCompact: true }),
    ...(isExcerpt && { isExcerpt }),
    ...(replaced > 0 && { replaced }),
    ...(unsure > 0 && { unsure }),
  } as const;
  return [
    ...messages.map((message, part) => ({ kind: 'text' as const, part, payload: message })),
    { kind: 'album', part: 0, payload: documents },
    { kind: 'status', part: 0, payload: view },
  ];
}

/** A transcript's text as messages, written as its person has chosen. */
export function writtenAnswer(
  { language, segments }: Transcript,
  documents: DocumentChoice,
): ReturnType<typeof answerTexts> & { readonly unsure: number } {
  const paragraphs = documentParagraphs(segments, writerFor(language, documents));
  const { text, marks } = withDoubtMarked(paragraphs);
  const isMarked = documents.doubt === 'marked';
  const hasFiles = documents.formats.length > 0 || documents.isCompact === true;
  return {
    ...answerTexts(text, hasFiles, isMarked ? marks : []),
    unsure: marks.length,
  };
}

/** An engine that is surer than this is worth contradicting a person, once, at the end. */
const sureOfLanguage = 0.8;

function otherLanguage({ language: asked }: Job, { detected }: Transcript) {
  if (asked === null || detected === undefined) return {};
  if (detected.language === asked || detected.probability < sureOfLanguage) return {};
  return { otherLanguage: { heard: detected.language, asked } };
}

/** A file that ends with its reason. */
export function failed(error: DabirError, receipt: Receipt): Outcome {
  const view = { kind: 'failed', code: error.code, details: error.details } as const;
  return {
    state: 'FAILED',
    error,
    deliveries: [{ kind: 'status', part: 0, payload: view }],
    usage: receipt.usage(),
  };
}
