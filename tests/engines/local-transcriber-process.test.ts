import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { TranscriberProcess } from '../../src/engines/local/transcriber-process.ts';
import { audio, fakeTranscriber, hasGone, hooks, plain } from '../support/local-transcribers.ts';

const started: TranscriberProcess[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((transcriber) => transcriber.close()));
});

function start(...how: Parameters<typeof fakeTranscriber>): TranscriberProcess {
  const transcriber = new TranscriberProcess(fakeTranscriber(...how));
  started.push(transcriber);
  return transcriber;
}

test('a file becomes segments with words, and the progress follows the times of the segments', async () => {
  const transcriber = start();
  await transcriber.ready;
  const progress: number[] = [];
  const { transcript } = await transcriber.transcribe(
    audio('speech'),
    plain,
    hooks({ onProgress: (fraction) => progress.push(fraction) }),
  );
  expect(transcript).toMatchObject({
    language: 'en',
    languageProbability: 0.97,
    segments: [
      { start: 0, end: 5, text: 'Hello and welcome.', averageLogProbability: -0.2 },
      { start: 5, end: 10, text: 'Send me a voice message.' },
    ],
  });
  expect(transcript.segments[0]?.words[1]).toEqual({ text: 'and', start: 0, end: 5, probability: 0.9 });
  expect(progress).toEqual([0.5, 1]);
});

test('the text so far is reported before the progress that belongs to it', async () => {
  const transcriber = start();
  await transcriber.ready;
  const reports: (string | number)[] = [];
  const report = (value: string | number) => void reports.push(value);
  await transcriber.transcribe(audio('speech'), plain, hooks({ onProgress: report, onText: report }));
  expect(reports).toEqual([' Hello and welcome.', 0.5, ' Hello and welcome. Send me a voice message.', 1]);
});

test('a file without speech gives an empty transcript, and several files go through one child', async () => {
  const transcriber = start();
  await transcriber.ready;
  expect((await transcriber.transcribe(audio('silence'), plain, hooks())).transcript.segments).toEqual([]);
  expect((await transcriber.transcribe(audio('speech'), plain, hooks())).transcript.segments).toHaveLength(2);
  expect(transcriber.isUsable).toBe(true);
});

test('language and hotwords reach the child', async () => {
  const transcriber = start();
  await transcriber.ready;
  const asked = { language: 'fa', hotwords: ['دبیر', 'Dabir'] };
  const { segments } = (await transcriber.transcribe(audio('what was asked'), asked, hooks())).transcript;
  expect(segments[0]?.text).toBe('["fa","دبیر, Dabir"]');
});

test('a text may contain Unicode line separators', async () => {
  const transcriber = start();
  await transcriber.ready;
  const { segments } = (await transcriber.transcribe(audio('line separators'), plain, hooks())).transcript;
  expect(segments[0]?.text).toBe('one\u2028two\u2029three');
});

test('events of another job are ignored', async () => {
  const transcriber = start();
  await transcriber.ready;
  const { segments } = (await transcriber.transcribe(audio('for another job'), plain, hooks())).transcript;
  expect(segments.map(({ text }) => text)).toEqual(['our own']);
});

test.each([
  ['dies in the middle', 'dies', /ended \(exit code 139\).*Segmentation fault/],
  ['prints nonsense', 'nonsense', /nonsense: Downloading: 12%/],
])('a child that %s fails the file as retryable', async (_, path, reason) => {
  const transcriber = start();
  await transcriber.ready;
  const failure = await transcriber.transcribe(audio(path), plain, hooks()).catch((error) => error);
  expect(failure).toMatchObject({ code: 'engine_failed', retryable: true });
  expect(failure.message).toMatch(reason);
  expect(transcriber.isUsable).toBe(false);
  await expect(transcriber.transcribe(audio('speech'), plain, hooks())).rejects.toMatchObject({
    code: 'engine_failed',
  });
});

test.each([['hangs'], ['endless line']])(
  'a child that is silent (%s) for too long fails the file, also when it ignores signals',
  async (path) => {
    const transcriber = start('deaf', 500);
    await transcriber.ready;
    await expect(transcriber.transcribe(audio(path), plain, hooks())).rejects.toMatchObject({
      code: 'engine_failed',
      message: expect.stringContaining('said nothing for 500 ms'),
    });
    expect(transcriber.isUsable).toBe(false);
    await transcriber.close();
  },
);

test('a language that the model does not know is rejected for good, and the child continues', async () => {
  const transcriber = start();
  await transcriber.ready;
  const asked = { language: 'xx', hotwords: [] };
  await expect(transcriber.transcribe(audio('unknown language'), asked, hooks())).rejects.toMatchObject({
    code: 'engine_rejected',
    retryable: false,
    message: 'the model does not know xx',
  });
  await expect(transcriber.transcribe(audio('bad file'), plain, hooks())).rejects.toMatchObject({
    code: 'engine_failed',
  });
  expect((await transcriber.transcribe(audio('speech'), plain, hooks())).transcript.segments).toHaveLength(2);
});

test('an abort ends the child at once, also one that ignores signals, and rejects with its reason', async () => {
  for (const how of ['normal', 'deaf'] as const) {
    const transcriber = start(how);
    await transcriber.ready;
    const { segments } = (await transcriber.transcribe(audio('its own number'), plain, hooks())).transcript;
    const abort = new AbortController();
    const reason = new Error('cancelled by its owner');
    const onProgress = () => abort.abort(reason);
    await expect(
      transcriber.transcribe(audio('hangs'), plain, hooks({ signal: abort.signal, onProgress })),
    ).rejects.toBe(reason);
    expect(transcriber.isUsable).toBe(false);
    await hasGone(Number(segments[0]?.text));
  }
});

test('an abort before a job begins does not disturb the child', async () => {
  const transcriber = start();
  await transcriber.ready;
  const reason = new Error('cancelled');
  await expect(
    transcriber.transcribe(audio('speech'), plain, hooks({ signal: AbortSignal.abort(reason) })),
  ).rejects.toBe(reason);
  expect((await transcriber.transcribe(audio('speech'), plain, hooks())).transcript.segments).toHaveLength(2);
});

test('a model that cannot be loaded, or a missing program, is reported with its reason', async () => {
  await expect(start('cannot load').ready).rejects.toMatchObject({
    code: 'engine_failed',
    message: expect.stringContaining('model.bin is incomplete'),
  });
  const missing = new TranscriberProcess({ ...fakeTranscriber(), command: 'no-such-program-anywhere' });
  await expect(missing.ready).rejects.toMatchObject({ message: expect.stringContaining('ENOENT') });
  await missing.close();
});

test('closing while the model loads fails those who wait for it', async () => {
  const transcriber = start('loads forever');
  const outcome = expect(transcriber.ready).rejects.toMatchObject({ code: 'engine_failed' });
  await transcriber.close();
  await outcome;
});

test('the child ends when its parent is killed', async () => {
  const { command, parameters } = fakeTranscriber();
  const parent = spawn(
    process.execPath,
    [fileURLToPath(new URL('../support/local-parent.ts', import.meta.url)), command, ...parameters],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [printed] = await once(parent.stdout, 'data');
  parent.kill('SIGKILL');
  await hasGone(Number(String(printed)));
});
