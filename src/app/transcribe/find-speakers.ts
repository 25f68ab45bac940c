import { channelTurns } from '../../domain/channel-turns.ts';
import type { Engine } from '../../domain/engine.ts';
import { JobAborted } from '../../domain/job-aborted.ts';
import { assignSpeakers } from '../../domain/speaker-turns.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { Job } from '../../domain/transcription.ts';
import { logError } from '../log-error.ts';
import type { Log } from '../ports/log.ts';
import type { Decoded } from '../ports/media.ts';
import type { SpeakerFinder } from '../ports/speakers.ts';

export type FindSpeakersDependencies = { speakers: Pick<SpeakerFinder, 'find'>; log: Log };

/** Segments with their speakers, as far as they are known. */
export type SpokenSegments = {
  readonly segments: readonly Segment[];
  /** True when the user wished to know who said what, and it could not be found out. */
  readonly isWithoutSpeakers: boolean;
};

/** Returns true when the user wishes to know who said what, from any engine. */
export function wishesSpeakers({ speakers, documents }: Pick<Job, 'speakers' | 'documents'>): boolean {
  return speakers !== null || documents.speakers === 'found';
}

/**
 * Adds speakers to a transcript whose engine has named none: of a call whose channels are its speakers, and of any other
 * recording if the user wishes it. A failure leaves the transcript without speakers, and so does the job's deadline: the
 * text is there. Neither fails the job.
 * @throws the signal's reason, unless it is the deadline
 */
export async function findSpeakers(
  { speakers, log }: FindSpeakersDependencies,
  { engine, job, audio }: { engine: Engine; job: Job; audio: Decoded },
  segments: readonly Segment[],
  hooks: { signal: AbortSignal; onProgress: (fraction: number) => void },
): Promise<SpokenSegments> {
  const isWished = wishesSpeakers(job);
  const hasOwn = engine.profile.can.speakers || segments.some(({ speaker }) => speaker !== undefined);
  if (hasOwn || (job.documents.speakers === 'hidden' && !isWished))
    return { segments, isWithoutSpeakers: false };
  const calls = audio.channels == null ? null : channelTurns(audio.channels);
  if (calls !== null && (job.speakers ?? 0) <= 2)
    return { segments: assignSpeakers(segments, calls), isWithoutSpeakers: false };
  if (!isWished) return { segments, isWithoutSpeakers: false };
  try {
    const turns = await speakers.find(audio, job.speakers === 0 ? null : job.speakers, hooks);
    if (turns === null) return { segments, isWithoutSpeakers: true };
    return { segments: assignSpeakers(segments, turns), isWithoutSpeakers: false };
  } catch (error) {
    if (!isDeadline(hooks.signal.reason)) hooks.signal.throwIfAborted();
    logError(log, 'warn', { transcription: job.id }, error, 'speakers not told apart');
    return { segments, isWithoutSpeakers: true };
  }
}

function isDeadline(reason: unknown): boolean {
  return reason instanceof JobAborted && reason.reason === 'deadline';
}
