import { channelTurns } from '../../domain/channel-turns.ts';
import type { Engine } from '../../domain/engine.ts';
import { JobAborted } from '../../domain/job-aborted.ts';
import { assignSpeakers, turnLabel } from '../../domain/speaker-turns.ts';
import { nameSpeaker, offerName } from '../../domain/speakers.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { Job } from '../../domain/transcription.ts';
import { type KnownVoice, recogniseVoices } from '../../domain/voice-match.ts';
import { logError } from '../log-error.ts';
import type { Log } from '../ports/log.ts';
import type { Decoded } from '../ports/media.ts';
import type { FoundSpeakers, SpeakerFinder } from '../ports/speakers.ts';
import type { Voiceprints } from '../ports/voiceprints.ts';

export type FindSpeakersDependencies = {
  speakers: Pick<SpeakerFinder, 'find'>;
  voiceprints: Pick<Voiceprints, 'list' | 'recordUse'>;
  log: Log;
};

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
 * Adds speakers to a transcript whose engine has named none: of a call whose channels are its speakers, and of any
 * other recording if the user wishes it. A failure leaves the transcript without speakers, and so does the job's
 * deadline: the text is there. Neither fails the job.
 * @throws the signal's reason, unless it is the deadline
 */
export async function findSpeakers(
  dependencies: FindSpeakersDependencies,
  { engine, job, audio }: { engine: Engine; job: Job; audio: Decoded },
  segments: readonly Segment[],
  hooks: { signal: AbortSignal; onProgress: (fraction: number) => void },
): Promise<SpokenSegments> {
  const { speakers, log } = dependencies;
  const isWished = wishesSpeakers(job);
  const hasOwn = engine.profile.can.speakers || segments.some(({ speaker }) => speaker !== undefined);
  if (hasOwn || (job.documents.speakers === 'hidden' && !isWished))
    return { segments, isWithoutSpeakers: false };
  const calls = audio.channels == null ? null : channelTurns(audio.channels);
  if (calls !== null && (job.speakers ?? 0) <= 2)
    return { segments: assignSpeakers(segments, calls), isWithoutSpeakers: false };
  if (!isWished) return { segments, isWithoutSpeakers: false };
  try {
    const known = await listKnown(dependencies, job);
    const found = await speakers.find(audio, job.speakers === 0 ? null : job.speakers, {
      ...hooks,
      describesVoices: known.length > 0,
    });
    if (found === null) return { segments, isWithoutSpeakers: true };
    const spoken = assignSpeakers(segments, found.turns);
    return {
      segments: await withKnownNames(dependencies, job, spoken, found, known),
      isWithoutSpeakers: false,
    };
  } catch (error) {
    if (!isDeadline(hooks.signal.reason)) hooks.signal.throwIfAborted();
    logError(log, 'warn', { transcription: job.id }, error, 'speakers not told apart');
    return { segments, isWithoutSpeakers: true };
  }
}

/** Returns the voices that the user has had remembered; without the database, none. */
async function listKnown(
  { voiceprints, log }: Pick<FindSpeakersDependencies, 'voiceprints' | 'log'>,
  { id, userId }: Job,
): Promise<readonly KnownVoice[]> {
  return voiceprints.list(userId).catch((error) => {
    logError(log, 'warn', { transcription: id }, error, 'remembered voices not read');
    return [];
  });
}

/** Names the speakers whose voices are known, and offers the names of those that may be. */
async function withKnownNames(
  { voiceprints, log }: Pick<FindSpeakersDependencies, 'voiceprints' | 'log'>,
  { id, userId }: Job,
  segments: readonly Segment[],
  { voices }: FoundSpeakers,
  known: readonly KnownVoice[],
): Promise<readonly Segment[]> {
  const recognised = recogniseVoices(voices, known);
  if (recognised.size === 0) return segments;
  let named = segments;
  for (const [speaker, { name, isCertain }] of recognised)
    named = (isCertain ? nameSpeaker : offerName)(named, turnLabel(speaker), name);
  const names = [...recognised.values()].map(({ name }) => name);
  await voiceprints
    .recordUse(userId, names)
    .catch((error) => logError(log, 'warn', { transcription: id }, error, 'use of voices not stored'));
  log.info({ transcription: id, recognised: recognised.size }, 'voices recognised');
  return named;
}

function isDeadline(reason: unknown): boolean {
  return reason instanceof JobAborted && reason.reason === 'deadline';
}
