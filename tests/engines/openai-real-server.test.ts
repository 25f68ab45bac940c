import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AudioChunk, Engine } from '../../src/domain/engine.ts';
import { transcriptText } from '../../src/domain/transcript.ts';
import { createOpenAiEngine } from '../../src/engines/openai.ts';
import { createDecoderProcesses, type DecoderProcesses } from '../../src/media/decoder-processes.ts';
import { hooks, plain } from '../support/local-transcribers.ts';
import {
  describeWithServerProgram,
  type ServerProgram,
  startServerProgram,
} from '../support/openai-server-program.ts';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));
const never = new AbortController().signal;

await describeWithServerProgram('the OpenAI-compatible engine and a third-party server:', () => {
  let folder: string;
  let decoder: DecoderProcesses;
  let server: ServerProgram;
  let engine: Engine;
  let note: AudioChunk;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-openai-'));
    decoder = createDecoderProcesses({ poolSize: 0 });
    server = await startServerProgram();
    engine = createOpenAiEngine({
      token: null,
      baseUrl: server.url,
      model: 'whisper-1',
      pricePerMinute: null,
      timeoutMs: 120_000,
      maxParallelChunks: 1,
    });
    const [format = 'wav'] = engine.profile.limits.formats;
    const [wavPath, path] = [join(folder, 'note.wav'), join(folder, `note.${format}`)];
    const limits = {
      maxDurationSeconds: 60,
      maxMemoryBytes: 2 ** 30,
      timeoutMs: 60_000,
      maxInputBytes: 2 ** 24,
    };
    const output = { wavPath, loudnessPath: join(folder, 'loudness') };
    const { durationSeconds } = await decoder.decodeToWav(
      join(samples, 'voice-note.oga'),
      output,
      limits,
      never,
    );
    await decoder.cut(wavPath, { startSeconds: 0, endSeconds: durationSeconds }, format, path, never);
    note = { path, durationSeconds, format };
  }, 300_000);
  afterAll(async () => {
    await engine?.close();
    await server?.close();
    await decoder?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('a voice note is transcribed by a real server, with times and language', async () => {
    const transcript = await engine.transcribe(note, plain, hooks());
    const words = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? [];
    const spoken = words(await readFile(join(samples, 'voice-note.txt'), 'utf8'));
    const missing = spoken.filter((word) => !words(transcriptText(transcript)).includes(word));
    expect(missing.length, transcriptText(transcript)).toBeLessThanOrEqual(2);
    expect(transcript.language).toBe('en');
    expect(transcript.segments.at(-1)?.end).toBeLessThanOrEqual(note.durationSeconds + 0.5);
  });

  test('a language can be given to a real server', async () => {
    const transcript = await engine.transcribe(note, { language: 'en', hotwords: ['Dabir'] }, hooks());
    expect(transcript.segments.length).toBeGreaterThan(0);
  });

  test('a language that a real server does not know is a failure, not a wrong text', async () => {
    await expect(engine.transcribe(note, { language: 'xx', hotwords: [] }, hooks())).rejects.toMatchObject({
      code: expect.stringMatching(/^engine_(failed|rejected)$/),
    });
  });
});
