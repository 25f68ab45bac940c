import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diarisationError } from '../../bench/support/diarisation-error.ts';
import { composeTurns, type KnownTurn } from '../../bench/support/known-turns.ts';
import type { SpeakerFinder } from '../../src/app/ports/speakers.ts';
import type { DecodedAudio } from '../../src/domain/engine.ts';
import { createSpeakerFinder } from '../../src/engines/speakers/speaker-finder.ts';
import { createDecoderProcesses } from '../../src/media/decoder-processes.ts';
import { describeWithLocal, localEngineConfig } from '../support/local-engine-folder.ts';

const never = new AbortController().signal;
const config = { ...localEngineConfig(), isOn: true };
const warnings: object[] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (fields: object) => void warnings.push(fields),
  error: (fields: object) => void warnings.push(fields),
};
const hooks = (signal = never, onProgress: (fraction: number) => void = () => undefined) => ({
  signal,
  onProgress,
});
const nowhere: DecodedAudio = { path: 'nowhere.wav', durationSeconds: 1 };

test('a finder that is off, or whose models cannot be had, says that it finds nothing, and asks again only later', async () => {
  const off = createSpeakerFinder({ ...config, isOn: false }, log);
  expect(await off.find(nowhere, null, hooks())).toBeNull();
  let asked = 0;
  const provide = async () => {
    asked += 1;
    throw new Error('pip: no network');
  };
  const closed = createSpeakerFinder(config, log, { provide });
  for (let recording = 0; recording < 2; recording += 1)
    expect(await closed.find(nowhere, null, hooks())).toBeNull();
  expect(asked).toBe(1);
  expect(warnings).toEqual([{ reason: 'pip: no network' }]);
  await closed.close();
});

test('a cancel during the set-up rejects at once, and does not end the set-up of the others', async () => {
  const { promise, resolve } = Promise.withResolvers<{ python: string; models: string }>();
  const finder = createSpeakerFinder(config, log, { provide: () => promise });
  const cancel = new AbortController();
  const reason = new Error('cancelled by its user');
  const first = finder.find(nowhere, null, hooks(cancel.signal));
  cancel.abort(reason);
  await expect(first).rejects.toBe(reason);
  const second = finder.find(nowhere, null, hooks());
  resolve({ python: 'no-such-python', models: '' });
  await expect(second).rejects.toMatchObject({ code: 'engine_failed' });
  await finder.close();
});

await describeWithLocal('the real models, with the voices of the samples:', () => {
  let folder = '';
  let finder: SpeakerFinder;
  let audio: DecodedAudio;
  let known: readonly KnownTurn[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-speakers-'));
    const media = createDecoderProcesses({ poolSize: 1 });
    const limits = { maxDurationSeconds: 60, maxMemoryBytes: 6e8, timeoutMs: 60_000, maxInputBytes: 2 ** 20 };
    const decode = async (name: string) => {
      const wavPath = join(folder, `${name}.wav`);
      const sample = fileURLToPath(new URL(`../../samples/${name}.oga`, import.meta.url));
      await media.decodeToWav(sample, { wavPath, loudnessPath: `${wavPath}.loudness` }, limits, never);
      return wavPath;
    };
    const [first, second] = [await decode('voice-note'), await decode('voice-note-fa')];
    await media.close();
    const path = join(folder, 'both.wav');
    known = await composeTurns(path, [
      { speaker: 'A', wav: first, range: [0, 5] },
      { speaker: 'B', wav: second, range: [0, 5], speed: 1.35 },
      { speaker: 'A', wav: first, range: [5, 9] },
      { speaker: 'B', wav: second, range: [5, 9], speed: 1.35 },
    ]);
    audio = { path, durationSeconds: (await readFile(path)).length / 32_000 };
    finder = createSpeakerFinder(config, log);
  }, 300_000);
  afterAll(async () => {
    await finder?.close();
    await rm(folder, { recursive: true, force: true });
  });

  // The samples are of one robot, so one of them is made higher; the bench measures real voices.
  test('two voices are told apart, at their times, with progress', async () => {
    const progress: number[] = [];
    const turns =
      (await finder.find(
        audio,
        null,
        hooks(never, (share) => progress.push(share)),
      )) ?? [];
    expect(new Set(turns.map(({ speaker }) => speaker))).toEqual(new Set([0, 1]));
    expect(turns.map(({ start }) => start)).toEqual(
      turns.map(({ start }) => start).toSorted((a, b) => a - b),
    );
    const found = turns.map(({ start, end, speaker }): KnownTurn => [start, end, String(speaker)]);
    const { der, confused } = diarisationError(known, found, audio.durationSeconds);
    expect(confused).toBeLessThan(5);
    expect(der).toBeLessThan(20);
    expect(progress.at(-1)).toBe(1);
  }, 120_000);

  test('a number of speakers that is given is kept', async () => {
    const turns = await finder.find(audio, 1, hooks());
    expect(new Set(turns?.map(({ speaker }) => speaker))).toEqual(new Set([0]));
  }, 120_000);

  test('a cancel ends the program at once, and the next recording gets another', async () => {
    const cancel = new AbortController();
    const reason = new Error('cancelled by its user');
    const onProgress = () => cancel.abort(reason);
    await expect(finder.find(audio, null, hooks(cancel.signal, onProgress))).rejects.toBe(reason);
    await sleep(0);
    await expect(
      finder.find({ ...audio, path: join(folder, 'none.wav') }, null, hooks()),
    ).rejects.toMatchObject({
      code: 'engine_failed',
      message: expect.stringContaining('none.wav'),
    });
  }, 120_000);
});
