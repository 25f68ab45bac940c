import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { damages, repeat, type Samples, sounds } from '../../bench/support/accuracy/damage.ts';
import { findSpokenTexts } from '../../bench/support/accuracy/spoken-texts.ts';
import { countErrors, percentOf, wordsOf } from '../../bench/support/accuracy/word-errors.ts';
import { maxBenchMs, runScript } from '../support/run-script.ts';
import { startOpenAiService } from '../support/services/openai-service.ts';

vi.setConfig({ testTimeout: maxBenchMs });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-accuracy-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Returns the three rates in percent: words, words without half-spaces, characters. */
function rates(said: string, transcribed: string) {
  const { words, wordsWithoutHalfSpaces, characters } = countErrors(said, transcribed);
  return [words, wordsWithoutHalfSpaces, characters].map(percentOf);
}

describe('the words of a transcript', () => {
  test('are compared without case, punctuation, vowel marks, variants of letters and the script of digits', () => {
    expect(wordsOf('«علي، كتابُ ۱۲۳ را Don’t — read!»')).toEqual(['علی', 'کتاب', '123', 'را', 'dont', 'read']);
    expect(rates('مسئلهٔ خانۀ ما', 'مسیله خانه ما')).toEqual([0, 0, 0]);
  });

  test('count with their half-spaces, and once more without them', () => {
    const said = 'می‌روم به کتاب‌خانه‌ها';
    expect(rates(said, 'می روم به کتابخانه‌ها')).toEqual([100, 0, 0]);
    expect(rates(said, 'میروم به کتاب خانه ها')).toEqual([133.3, 0, 0]);
    expect(rates('می روم به کتابخانه‌ها', said)).toEqual([75, 0, 0]);
    expect(rates(said, 'می‌دوم به کتاب‌خانه‌ها')).toEqual([33.3, 33.3, 5.9]);
  });

  test('that are wrong, missing and invented are counted by the shortest way', () => {
    expect(rates('a b c d', 'a x c')).toEqual([50, 50, 50]);
    expect(rates('a b', 'b a b')).toEqual([50, 50, 50]);
    expect(rates('a b', '')).toEqual([100, 100, 100]);
    expect(rates('', 'a')).toEqual([null, null, null]);
  });
});

describe('damaged audio', () => {
  const speech: Samples = Float32Array.from(
    { length: 32_000 },
    (_, at) => 0.3 * Math.sin(at / 5) * Math.sin(at / 900),
  );
  const power = (samples: Samples) =>
    samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;

  test.each(Object.entries(damages))(
    'is the same at each run, as long as before, and within full scale: %s',
    (_, damage) => {
      const damaged = damage(speech);
      expect(damaged).toEqual(damage(speech));
      expect(damaged).not.toEqual(speech);
      expect(damaged).toHaveLength(speech.length);
      expect(Math.max(...damaged.map(Math.abs))).toBeLessThanOrEqual(1);
    },
  );

  test('is 5 dB quieter at -50 dB than at -45 dB', () => {
    const [at45, at50] = [damages['quiet -45 dB']?.(speech), damages['quiet -50 dB']?.(speech)];
    expect(10 * Math.log10(power(at45 ?? speech) / power(at50 ?? speech))).toBeCloseTo(5, 3);
  });

  test('of a telephone has nothing below 300 Hz and above 3,400 Hz', () => {
    const tone = (frequency: number) =>
      Float32Array.from(
        { length: 16_000 },
        (_, at) => 0.3 * Math.sin((2 * Math.PI * frequency * at) / 16_000),
      );
    const middle = tone(1_000);
    const both = (low: number) => tone(low).map((sample, at) => sample + (middle[at] ?? 0));
    const telephone = damages['telephone band'];
    const heard = (low: number) => power(telephone?.(both(low)) ?? speech);
    // The level is raised to the same peak, so that a tone that is left raises the power less.
    expect(heard(60)).toBeGreaterThan(1.5 * heard(700));
    expect(heard(7_000)).toBeGreaterThan(1.5 * heard(700));
  });

  test('repeats to a length, and sounds last as long as they are asked to', () => {
    expect(repeat(speech, 5)).toMatchObject({ times: 3, samples: { length: 96_000 } });
    expect(repeat(speech, 0).times).toBe(1);
    for (const sound of Object.values(sounds)) expect(sound(1)).toHaveLength(16_000);
  });
});

test('recordings are audio files with a text, in the language of their folder or their text', async () => {
  const from = join(folder, 'texts');
  await mkdir(join(from, 'de'), { recursive: true });
  for (const [name, text] of [
    ['a.mp3', ''],
    ['a.txt', 'سلام'],
    ['b.wav', ''],
    ['b.txt', 'hello'],
    ['de/c.oga', ''],
    ['de/c.txt', 'hallo'],
    ['no-text.mp3', ''],
    ['README.txt', 'no audio'],
  ] as const) {
    await writeFile(join(from, name), text);
  }
  const found = await findSpokenTexts(from);
  expect(found.map(({ name, language, text }) => [name, language, text])).toEqual([
    ['a', 'fa', 'سلام'],
    ['b', 'en', 'hello'],
    [join('de', 'c'), 'de', 'hallo'],
  ]);
  await expect(findSpokenTexts(join(from, 'de', '..', '..'))).resolves.toHaveLength(3);
  await mkdir(join(folder, 'empty'));
  await expect(findSpokenTexts(join(folder, 'empty'))).rejects.toThrow('no recordings with texts');
});

test('bench:accuracy in its short form measures a configured service by the texts, in its languages, with damage', async () => {
  const service = await startOpenAiService();
  try {
    const from = join(folder, 'fa');
    await mkdir(from);
    await copyFile(
      fileURLToPath(new URL('../../bench/fixtures/voice-note-5s.oga', import.meta.url)),
      join(from, '1.oga'),
    );
    await writeFile(join(from, '1.txt'), 'سلام، دنیا! خوبید؟');
    const parameters = [folder, '--short', '--engines', 'openai', '--damage', 'clipped,silence'];
    const { code, output } = await runScript('bench:accuracy', parameters, {
      BENCH_FOLDER: folder,
      OPENAI_API_KEY: service.key,
      OPENAI_BASE_URL: service.url,
      DATA_DIR: folder,
    });
    expect(code, output).toBe(0);
    const { figures } = JSON.parse(await readFile(join(folder, 'results', 'accuracy-short.json'), 'utf8'));
    const wrong = {
      'words wrong, %': 33.3,
      'wrong without half-spaces, %': 33.3,
      'characters wrong, %': 7.7,
    };
    expect(figures).toMatchObject([
      { engine: 'openai', model: 'whisper-1', audio: 'as recorded', language: 'fa', minutes: 0.1, ...wrong },
      { audio: 'clipped', language: 'fa', ...wrong },
      { audio: 'silence', 'words said': 0, 'words transcribed': 0 },
    ]);
    expect(service.requests[0]?.fields.get('language')).toEqual(['fa']);
  } finally {
    await service.close();
  }
});
