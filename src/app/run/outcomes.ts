import type { EngineProfile } from '../../domain/engine.ts';
import type { DabirError } from '../../domain/errors.ts';
import { textLanguage } from '../../domain/languages.ts';
import type { NumberSpeaker } from '../../domain/speakers.ts';
import type { Transcript } from '../../domain/transcript.ts';
import type { Job } from '../../domain/transcription.ts';
import { buildDeliveries } from '../deliver/build-deliveries.ts';
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
    ...lateEndFacts(job, usageRecorder, attentionMs),
    lostSeconds,
    ...(isWithoutSpeakers && { isWithoutSpeakers }),
    wallSeconds: usageRecorder.wallSeconds(),
    engineName: engine.name[textLanguage(job.languageCode)],
  });
  return { state: 'COMPLETED', transcript, durationSeconds, deliveries, usage: usageRecorder.usage() };
}

/** Probability from which on a detected language is reported against the user's choice, once, in the final status. */
const sureOfLanguage = 0.8;

function otherLanguage({ language: asked }: Job, { detected }: Transcript) {
  if (asked === null || detected === undefined) return {};
  if (detected.language === asked || detected.probability < sureOfLanguage) return {};
  return { otherLanguage: { detected: detected.language, asked } };
}

/**
 * Returns isAnnounced for an end that comes so long after the choice of the engine that the user no longer looks at the
 * chat: a new message with a sound shows it. Returns nothing for a group.
 */
function lateEndFacts(job: Job, usageRecorder: UsageRecorder, attentionMs: number): { isAnnounced?: true } {
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
    ...lateEndFacts(job, usageRecorder, attentionMs),
  } as const;
  return {
    state: 'FAILED',
    error,
    deliveries: [{ kind: 'status', part: 0, payload: view }],
    usage: usageRecorder.usage(),
  };
}
