import { expect, test } from 'vitest';
import type { Decoded } from '../../../src/app/ports/media.ts';
import type { SpeakerFinder } from '../../../src/app/ports/speakers.ts';
import { type FindSpeakersDependencies, findSpeakers } from '../../../src/app/transcribe/find-speakers.ts';
import { defaultChoice } from '../../../src/domain/document-choice.ts';
import type { Engine } from '../../../src/domain/engine.ts';
import { DabirError } from '../../../src/domain/errors.ts';
import { JobAborted } from '../../../src/domain/job-aborted.ts';
import type { Segment } from '../../../src/domain/transcript.ts';
import type { Job } from '../../../src/domain/transcription.ts';
import { localProfile } from '../../../src/engines/local/profile.ts';
import { audioOf } from '../../support/spoken-audio.ts';

const { words, loudness, seconds } = audioOf(
  ['hello', 'there', 'who', 'is', 'it'].map((text) => ({ text, lasts: 2, pause: 0 })),
);
const audio: Decoded = { path: 'decoded.wav', durationSeconds: seconds, lostSeconds: 0, loudness };
const segment: Segment = {
  start: 0,
  end: 10,
  text: words.map(({ text }) => text).join(' '),
  words: words.map(({ text, start, end }) => ({ text, start, end, probability: null })),
  averageLogProbability: null,
  noSpeechProbability: null,
  compressionRatio: null,
};
const turns = [
  { start: 0, end: 4, speaker: 0 },
  { start: 4, end: 10, speaker: 1 },
];
const speech = { turns, voices: new Map() };
const noVoices = { list: async () => [], recordUse: async () => undefined };
const never = new AbortController().signal;

/** Finds the speakers of the segment above for a user's wish; `find` replaces the models. */
function found(
  wish: { speakers?: number | null; choice?: 'shown' | 'found' | 'hidden'; engineHasOwn?: boolean },
  find: SpeakerFinder['find'] = async () => speech,
  signal = never,
  recording = audio,
  voiceprints: FindSpeakersDependencies['voiceprints'] = noVoices,
) {
  const { speakers = null, choice = 'shown', engineHasOwn = false } = wish;
  const job = { id: 1, speakers, documents: { ...defaultChoice, speakers: choice } } as Job;
  const profile = { ...localProfile, can: { ...localProfile.can, speakers: engineHasOwn } };
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    debug: () => undefined,
  };
  const hooks = { signal, onProgress: () => undefined };
  return findSpeakers(
    { speakers: { find }, voiceprints, log },
    { engine: { profile } as Engine, job, audio: recording },
    [segment],
    hooks,
  );
}

test('a user who wishes it gets speakers from an engine that names none', async () => {
  for (const wish of [{ choice: 'found' as const }, { speakers: 0 }, { speakers: 2 }]) {
    const { segments, isWithoutSpeakers } = await found(wish);
    expect(segments.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['speaker_0', 'hello there'],
      ['speaker_1', 'who is it'],
    ]);
    expect(isWithoutSpeakers).toBe(false);
  }
});

test('the number of speakers in the caption is passed on; without one it is found', async () => {
  const counts: (number | null)[] = [];
  const find: SpeakerFinder['find'] = async (_audio, count) => {
    counts.push(count);
    return speech;
  };
  for (const speakers of [3, 0]) await found({ speakers }, find);
  expect(counts).toEqual([3, null]);
});

test('nothing is looked for without the wish, or if the engine names speakers', async () => {
  const find = () => Promise.reject(new Error('asked'));
  for (const wish of [{}, { choice: 'hidden' as const }, { choice: 'found' as const, engineHasOwn: true }])
    expect(await found(wish, find)).toEqual({ segments: [segment], isWithoutSpeakers: false });
});

test('a machine that cannot tell speakers apart, or a failure, leaves the transcript without speakers', async () => {
  const failing = () => Promise.reject(new DabirError('engine_failed', 'speakers: no memory'));
  for (const find of [async () => null, failing])
    expect(await found({ speakers: 0 }, find)).toEqual({ segments: [segment], isWithoutSpeakers: true });
});

test('a cancel during the search ends the job with its reason', async () => {
  const cancel = new AbortController();
  const reason = new Error('cancelled by its user');
  const find: SpeakerFinder['find'] = async (_audio, _count, { signal }) => {
    cancel.abort(reason);
    signal.throwIfAborted();
    return speech;
  };
  await expect(found({ speakers: 0 }, find, cancel.signal)).rejects.toBe(reason);
});

test('a deadline during the search leaves the transcript without speakers', async () => {
  const limit = new AbortController();
  const find: SpeakerFinder['find'] = async (_audio, _count, { signal }) => {
    limit.abort(new JobAborted('deadline'));
    signal.throwIfAborted();
    return speech;
  };
  expect(await found({ speakers: 0 }, find, limit.signal)).toEqual({
    segments: [segment],
    isWithoutSpeakers: true,
  });
});

test('a call with a speaker on each channel has speakers without any wish or model, unless they are hidden', async () => {
  const call = (isLeft: boolean) => ({
    levels: loudness.levels.map((_, step) => (step * loudness.stepSeconds < 4 === isLeft ? 20 : 80)),
    stepSeconds: loudness.stepSeconds,
  });
  const recording = { ...audio, channels: { left: call(true), right: call(false) } };
  const find = () => Promise.reject(new Error('asked'));
  const { segments } = await found({}, find, never, recording);
  expect(segments.map(({ speaker, text }) => [speaker, text])).toEqual([
    ['speaker_0', 'hello there'],
    ['speaker_1', 'who is it'],
  ]);
  expect((await found({ choice: 'hidden' }, find, never, recording)).segments).toEqual([segment]);
});

test('a speaker whose voice is known has the name, one who may be is offered it, and voices are described for nobody else', async () => {
  const described: unknown[] = [];
  const find: SpeakerFinder['find'] = async (_audio, _count, { describesVoices }) => {
    described.push(describesVoices);
    return {
      turns,
      voices: new Map([
        [0, [1, 0.1, 0]],
        [1, [0, 1, 1]],
      ]),
    };
  };
  const used: (readonly string[])[] = [];
  const voiceprints: FindSpeakersDependencies['voiceprints'] = {
    list: async () => [
      { name: 'Sara', voice: [1, 0, 0] },
      { name: 'Omid', voice: [0, -0.1, 1] },
    ],
    recordUse: async (_user, names) => void used.push(names),
  };
  const { segments } = await found({ speakers: 0 }, find, never, audio, voiceprints);
  expect(
    segments.map(({ speaker, speakerName, speakerGuess }) => [speaker, speakerName, speakerGuess]),
  ).toEqual([
    ['speaker_0', 'Sara', undefined],
    ['speaker_1', undefined, 'Omid'],
  ]);
  expect(used).toEqual([['Sara', 'Omid']]);
  await found({ speakers: 0 }, find);
  expect(described).toEqual([true, false]);
});

test('a database that is away costs the names of known voices, and not the speakers', async () => {
  const away = () => Promise.reject(new Error('the database is away'));
  const { segments, isWithoutSpeakers } = await found({ speakers: 0 }, undefined, never, audio, {
    list: away,
    recordUse: away,
  });
  expect(segments.map(({ speaker }) => speaker)).toEqual(['speaker_0', 'speaker_1']);
  expect(isWithoutSpeakers).toBe(false);
});
