import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AudioChunk, Engine } from '../../src/domain/engine.ts';
import { type Transcript, transcriptText } from '../../src/domain/transcript.ts';
import { createLocalEngine } from '../../src/engines/local/local-engine.ts';
import { provision } from '../../src/engines/local/provision.ts';
import type { TranscriberSettings } from '../../src/engines/local/transcriber-process.ts';
import { createDecoderProcesses } from '../../src/media/decoder-processes.ts';
import { wavHeader } from '../media/samples.ts';
import { describeWithLocal, localEngineConfig, testWithLocal } from '../support/local-engine-folder.ts';
import { hasGone, hooks, plain } from '../support/local-transcribers.ts';

const samples = fileURLToPath(new URL('../../samples', import.meta.url));
const never = new AbortController().signal;
const silent = pino({ level: 'silent' });
const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

/** Returns the words that are in one text and not in the other, counting repetitions. */
function differing(a: readonly string[], b: readonly string[]): string[] {
  const rest = [...b];
  const missing = a.filter((word) => {
    const at = rest.indexOf(word);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return [...missing, ...rest];
}

/** Returns the samples of a WAV file as this project writes it: 16 bits, one channel, a header of 44 bytes. */
function samplesOf(file: Buffer): Int16Array {
  return new Int16Array(file.buffer, file.byteOffset + 44, (file.length - 44) / 2);
}

/** Returns a quiet melody of decaying tones, half a second each. */
function melody(seconds: number): Int16Array {
  const notes = [261.6, 329.6, 392, 523.3, 440, 349.2];
  return Int16Array.from({ length: seconds * 16_000 }, (_, at) => {
    const time = (at % 8_000) / 16_000;
    const angle = 2 * Math.PI * (notes[Math.floor(at / 8_000) % notes.length] ?? 440) * time;
    return 60 * (Math.sin(angle) + 0.5 * Math.sin(2 * angle)) * Math.exp(-3 * time);
  });
}

await describeWithLocal('the real LOCAL engine with the base model:', () => {
  let folder = '';
  let engine: Engine;
  let note: AudioChunk;
  let noteInPersian: AudioChunk;
  let spoken: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-local-'));
    spoken = words(await readFile(join(samples, 'voice-note.txt'), 'utf8'));
    const decoder = createDecoderProcesses({ poolSize: 1 });
    const limits = {
      maxDurationSeconds: 60,
      maxMemoryBytes: 600_000_000,
      timeoutMs: 60_000,
      maxInputBytes: 2 ** 20,
    };
    const decode = async (name: string) => {
      const path = join(folder, `${name}.wav`);
      const output = { wavPath: path, loudnessPath: `${path}.loudness` };
      const { durationSeconds } = await decoder.decodeToWav(join(samples, name), output, limits, never);
      return { path, durationSeconds, format: 'wav' as const };
    };
    note = await decode('voice-note.oga');
    noteInPersian = await decode('voice-note-fa.oga');
    await decoder.close();
    engine = createLocalEngine(localEngineConfig(), silent);
    engine.prepare();
    await engine.whenReady(never);
  });
  afterAll(async () => {
    await engine?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Writes samples to a file; resolves to it as a chunk. */
  const audioOf = async (name: string, samples: Int16Array): Promise<AudioChunk> => {
    const path = join(folder, name);
    await writeFile(path, wav(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)));
    return { path, durationSeconds: samples.length / 16_000, format: 'wav' };
  };

  test('the sample is transcribed word by word, with times, probabilities and progress', async () => {
    const progress: number[] = [];
    const transcript = await engine.transcribe(
      note,
      plain,
      hooks({ onProgress: (fraction) => progress.push(fraction) }),
    );
    expect(differing(words(transcriptText(transcript)), spoken).length).toBeLessThanOrEqual(2);
    expect(transcript.language).toBe('en');
    expect(transcript.languageProbability).toBeGreaterThan(0.5);
    expect(transcript.languageProbability).toBeLessThanOrEqual(1);
    expectOrderedTimes(transcript, note.durationSeconds);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBeGreaterThan(0.85);
  });

  test('a language that was given has no probability', async () => {
    const transcript = await engine.transcribe(note, { language: 'en', hotwords: ['Dabir'] }, hooks());
    expect(transcript).toMatchObject({ language: 'en', languageProbability: null });
    expect(differing(words(transcriptText(transcript)), spoken).length).toBeLessThanOrEqual(2);
  });

  test('a language that was given is compared with the one that is spoken', async () => {
    const checked = { language: 'en', checksLanguage: true, hotwords: [] };
    const transcript = await engine.transcribe(noteInPersian, checked, hooks());
    expect(transcript.detected).toMatchObject({ language: 'fa', probability: expect.any(Number) });
  });

  test('Persian is recognised and written in its own script', async () => {
    const transcript = await engine.transcribe(noteInPersian, plain, hooks());
    expect(transcript.language).toBe('fa');
    expect(transcriptText(transcript)).toMatch(/^[\p{Script=Arabic}\p{N}\p{P}\s\u200c]+$/u);
  });

  test('silence gives an empty transcript', async () => {
    const path = join(folder, 'silence.wav');
    await writeFile(path, wav(Buffer.alloc(16_000 * 2 * 3)));
    const transcript = await engine.transcribe({ path, durationSeconds: 3, format: 'wav' }, plain, hooks());
    expect(transcript.segments).toEqual([]);
  });

  test('speech at −45 dB is understood, and quiet music gives no words', async () => {
    const loud = samplesOf(await readFile(note.path));
    const quiet = await audioOf(
      'quiet.wav',
      loud.map((sample) => Math.round(sample * 0.01)),
    );
    const transcript = await engine.transcribe(quiet, plain, hooks());
    expect(differing(words(transcriptText(transcript)), spoken).length).toBeLessThanOrEqual(2);
    const music = await engine.transcribe(await audioOf('music.wav', melody(30)), plain, hooks());
    expect(music.segments).toEqual([]);
  });

  test('a language that this model has never learnt is rejected for good; a file that cannot be read is retried', async () => {
    for (const language of ['xx', 'yue']) {
      await expect(
        engine.transcribe(note, { language, hotwords: [] }, hooks()),
        language,
      ).rejects.toMatchObject({ code: 'engine_rejected', message: expect.stringContaining(language) });
    }
    const path = join(folder, 'torn.wav');
    await writeFile(path, 'RIFF, and then no more');
    await expect(
      engine.transcribe({ path, durationSeconds: 3, format: 'wav' }, plain, hooks()),
    ).rejects.toMatchObject({
      code: 'engine_failed',
      retryable: true,
    });
    const next = await engine.transcribe(note, { language: 'en', hotwords: [] }, hooks());
    expect(next.segments.length).toBeGreaterThan(0);
  });

  test('an abort stops a file in the middle; the next file gets a new child and all of its words', async () => {
    // More than the 30 s that Whisper takes at a time, so the first progress comes in the middle.
    const notes = await Promise.all(
      [note, noteInPersian, note, noteInPersian].map(({ path }) => readFile(path)),
    );
    const speech = Buffer.concat(notes.map((file) => file.subarray(44)));
    const long = {
      path: join(folder, 'long.wav'),
      durationSeconds: speech.length / 32_000,
      format: 'wav' as const,
    };
    expect(long.durationSeconds).toBeGreaterThan(31);
    await writeFile(long.path, wav(speech));
    const abort = new AbortController();
    const reason = new Error('cancelled by its owner');
    const onProgress = () => abort.abort(reason);
    await expect(engine.transcribe(long, plain, hooks({ signal: abort.signal, onProgress }))).rejects.toBe(
      reason,
    );
    const transcript = await engine.transcribe(note, { language: 'en', hotwords: [] }, hooks());
    expect(differing(words(transcriptText(transcript)), spoken).length).toBeLessThanOrEqual(2);
  });

  test('a long file is transcribed in chunks, with no word lost or cut at their borders', async () => {
    // The second note lies across the end of the first 300 s, so that the chunk ends in the pause before it.
    const [start, end] = [295, 340];
    const speech = (await readFile(note.path)).subarray(44);
    const samples = Buffer.alloc(end * 32_000);
    speech.copy(samples, 0);
    speech.copy(samples, start * 32_000);
    const path = join(folder, 'parts.wav');
    await writeFile(path, wav(samples));
    const transcript = await engine.transcribe({ path, durationSeconds: end, format: 'wav' }, plain, hooks());
    expect(transcript.language).toBe('en');
    expectOrderedTimes(transcript, end);
    for (const isSecond of [false, true]) {
      const segments = transcript.segments.filter(
        (segment) => segment.start > note.durationSeconds === isSecond,
      );
      const text = transcriptText({ ...transcript, segments });
      expect(differing(words(text), spoken).length, text).toBeLessThanOrEqual(2);
      expect(segments[0]?.start).toBeCloseTo(isSecond ? start : 0, -1);
    }
  });

  test('a second engine on the same folder is ready without downloads', async () => {
    const stages: string[] = [];
    const second = createLocalEngine(
      // Nothing answers at this address.
      { ...localEngineConfig(), huggingFaceEndpoint: 'http://127.0.0.1:9' },
      silent,
      {
        provision: (config, logger, onProgress, signal) =>
          provision(
            config,
            logger,
            (stage, fraction) => {
              stages.push(`${stage} ${fraction}`);
              onProgress(stage, fraction);
            },
            signal,
          ),
      },
    );
    second.prepare();
    await second.whenReady(never);
    expect(stages).toEqual(['install null']);
    await second.close();
  });
});

await testWithLocal('the real child ignores Ctrl+C and ends when its input closes', async () => {
  const child = startChild(await provision(localEngineConfig(), silent, () => undefined, never));
  await once(child.stdout, 'data');
  if (process.platform !== 'win32') for (const signal of ['SIGINT', 'SIGTERM'] as const) child.kill(signal);
  child.stdin.write(`${JSON.stringify({ id: 1, path: 'missing.wav', language: null, hotwords: null })}\n`);
  const [answer] = await once(child.stdout, 'data');
  expect(JSON.parse(String(answer))).toMatchObject({ type: 'error', id: 1, code: 'failed' });
  child.stdin.end();
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});

await testWithLocal('the real child ends with its parent also while it loads the model', async () => {
  const child = startChild(await provision(localEngineConfig(), silent, () => undefined, never));
  child.stdin.end();
  await hasGone(child.pid ?? 0);
});

/** Returns a WAV file of 16 kHz mono 16-bit, as the decoder writes it. */
function wav(samples: Buffer): Buffer {
  return Buffer.concat([wavHeader(samples.length, { rate: 16_000, channels: 1, coding: 'pcm16' }), samples]);
}

function startChild({ command, parameters }: TranscriberSettings) {
  return spawn(command, parameters, { stdio: ['pipe', 'pipe', 'ignore'] });
}

function expectOrderedTimes({ segments }: Transcript, durationSeconds: number): void {
  let before = 0;
  for (const segment of segments) {
    expect(segment.words.map(({ text }) => text).join(' ')).toBe(segment.text);
    for (const { start, end, probability } of segment.words) {
      expect(start).toBeGreaterThanOrEqual(before);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(durationSeconds + 0.5);
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThanOrEqual(1);
      before = start;
    }
  }
}
