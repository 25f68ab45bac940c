import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import type { Engine } from '../../src/domain/engine.ts';
import { transcriptText } from '../../src/domain/transcript.ts';
import { createLocalEngine, type LocalEngineDependencies } from '../../src/engines/local/local-engine.ts';
import type { OnProgress } from '../../src/engines/local/provision.ts';
import { SetUpError } from '../../src/engines/local/set-up-error.ts';
import type { TranscriberSettings } from '../../src/engines/local/transcriber-process.ts';
import { audio, fakeTranscriber, hasGone, hooks, plain } from '../support/local-transcribers.ts';
import { until } from '../support/until.ts';

const never = new AbortController().signal;
const started: Engine[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((engine) => engine.close()));
});

/** Never read: the set-up is the test's own. */
const unused = {
  dataDir: 'not used',
  python: null,
  model: null,
  languageModels: new Map<string, string>(),
  forbiddenModels: new Set<string>(),
  agreedLicences: new Set<string>(),
  computeType: null,
  threads: null,
  idleMs: 60_000,
  huggingFaceEndpoint: null,
};

/** Starts an engine with the test's own set-up; each call of `provision` is one attempt. */
function start(
  provision: (attempt: number, onProgress: OnProgress, signal: AbortSignal) => Promise<TranscriberSettings>,
  { idleMs = unused.idleMs, ...dependencies }: LocalEngineDependencies & { idleMs?: number } = {
    firstRetryMs: 20,
  },
): Engine {
  let attempts = 0;
  const engine = createLocalEngine({ ...unused, idleMs }, pino({ level: 'silent' }), {
    ...dependencies,
    provision: async (_config, _logger, onProgress, signal) => {
      await Promise.resolve();
      attempts += 1;
      return provision(attempts, onProgress, signal);
    },
  });
  started.push(engine);
  engine.prepare();
  return engine;
}

const ready = (silenceMs?: number) => start(async () => fakeTranscriber('normal', silenceMs));
const numberOfItsChild = async (engine: Engine) =>
  (await engine.transcribe(audio('its own number'), plain, hooks())).segments[0]?.text;

test('LOCAL prepares, reports its progress, and becomes ready', async () => {
  const seen: unknown[] = [];
  const engine = start(async (_attempt, onProgress) => {
    for (const [stage, fraction] of [
      ['install', null],
      ['install', 0.5],
      ['download', 0.25],
      ['verify', 1],
    ] as const) {
      onProgress(stage, fraction);
      seen.push(engine.readiness());
    }
    return fakeTranscriber();
  });
  expect(engine.readiness()).toEqual({ state: 'preparing', stage: 'install', fraction: null });
  await engine.whenReady(never);
  expect(seen).toEqual([
    { state: 'preparing', stage: 'install', fraction: null },
    { state: 'preparing', stage: 'install', fraction: 0.5 },
    { state: 'preparing', stage: 'download', fraction: 0.25 },
    { state: 'preparing', stage: 'verify', fraction: 1 },
  ]);
  expect(engine.readiness()).toEqual({ state: 'ready' });
  expect((await engine.transcribe(audio('speech'), plain, hooks())).segments).toHaveLength(2);
});

test('the model leaves memory when no file has come for a while, and is loaded again for the next one', async () => {
  const engine = start(async () => fakeTranscriber(), { idleMs: 50 });
  await engine.whenReady(never);
  const first = Number(await numberOfItsChild(engine));
  await hasGone(first);
  expect(engine.readiness()).toEqual({ state: 'ready' });
  const second = Number(await numberOfItsChild(engine));
  expect(second).not.toBe(first);
  await hasGone(second);
});

test('a failed set-up makes LOCAL unavailable with a reason of one line; it tries again and becomes ready later', async () => {
  let letIn: () => void = () => undefined;
  const network = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  const engine = start(async (attempt, onProgress) => {
    onProgress('install', null);
    if (attempt < 3)
      throw new SetUpError(
        'packages_not_installed',
        'pip failed:\n  no route to https://me:secret@mirror.example/simple',
      );
    await network;
    onProgress('install', 0.1);
    return fakeTranscriber();
  });
  const reason = 'pip failed: no route to https://mirror.example/simple';
  await expect(engine.whenReady(never)).rejects.toMatchObject({
    code: 'engine_unavailable',
    retryable: true,
    message: `LOCAL is unavailable: ${reason}`,
  });
  // The second and third attempt show nothing until something was downloaded.
  expect(engine.readiness()).toEqual({ state: 'unavailable', cause: 'packages_not_installed', reason });
  letIn();
  await until(() => engine.readiness().state === 'ready');
  await engine.whenReady(never);
});

test('a model that does not load makes LOCAL unavailable', async () => {
  const engine = start(async (attempt) => fakeTranscriber(attempt === 1 ? 'cannot load' : 'normal'));
  await expect(engine.whenReady(never)).rejects.toThrow('model.bin is incomplete');
  await until(() => engine.readiness().state === 'ready');
});

test('waiting for LOCAL can be aborted', async () => {
  const engine = start(() => new Promise(() => undefined));
  const reason = new Error('cancelled');
  const abort = new AbortController();
  const waiting = expect(engine.whenReady(abort.signal)).rejects.toBe(reason);
  abort.abort(reason);
  await waiting;
  await expect(engine.whenReady(AbortSignal.abort(reason))).rejects.toBe(reason);
  started.splice(0);
});

test('a chunk with a repetition loop is transcribed again with stricter settings, and the better result is kept', async () => {
  const engine = ready();
  await engine.whenReady(never);
  const transcript = await engine.transcribe(audio('loops'), plain, hooks());
  expect(transcriptText(transcript)).toBe('What was really said.');
  const hopeless = await engine.transcribe(audio('loops whatever one does'), plain, hooks());
  expect(transcriptText(hopeless)).toMatch(/^(thank you ?){20}$/);
});

test('a chunk with words that have no times is transcribed again with stricter settings', async () => {
  const engine = ready();
  await engine.whenReady(never);
  const transcript = await engine.transcribe(audio('two voices at once'), plain, hooks());
  expect(transcriptText(transcript)).toBe('Both are understood.');
});

test('two files at once are transcribed one after the other', async () => {
  const engine = ready();
  await engine.whenReady(never);
  const events: string[] = [];
  const run = (name: string) =>
    engine
      .transcribe(
        audio('slow'),
        plain,
        hooks({ onProgress: (fraction) => events.push(`${name} ${fraction}`) }),
      )
      .then(() => events.push(`${name} done`));
  await Promise.all([run('a'), run('b')]);
  expect(events).toEqual(['a 0.5', 'a 1', 'a done', 'b 0.5', 'b 1', 'b done']);
});

test('a file that waits for its turn can be cancelled at once, and the one before it continues', async () => {
  const engine = ready();
  await engine.whenReady(never);
  const first = engine.transcribe(audio('slow'), plain, hooks());
  const abort = new AbortController();
  const reason = new Error('cancelled');
  let firstIsDone = false;
  const second = engine.transcribe(audio('speech'), plain, hooks({ signal: abort.signal }));
  const outcome = expect(second.finally(() => expect(firstIsDone).toBe(false))).rejects.toBe(reason);
  abort.abort(reason);
  await outcome;
  expect((await first.finally(() => (firstIsDone = true))).segments).toHaveLength(2);
});

test.each([
  ['dies', undefined, /ended \(exit code 139\)/],
  ['nonsense', undefined, /nonsense/],
  ['hangs', 2_000, /said nothing for 2000 ms/],
])(
  'a child that fails (%s) fails its file, and the next file gets a new child',
  async (path, silenceMs, reason) => {
    const engine = ready(silenceMs);
    await engine.whenReady(never);
    const before = await numberOfItsChild(engine);
    const [failure, next] = await Promise.all([
      engine.transcribe(audio(path), plain, hooks()).catch((error) => error),
      engine.transcribe(audio('its own number'), plain, hooks()),
    ]);
    expect(failure).toMatchObject({ code: 'engine_failed', retryable: true });
    expect(failure.message).toMatch(reason);
    expect(next.segments[0]?.text).toMatch(/^\d+$/);
    expect(next.segments[0]?.text).not.toBe(before);
    expect(engine.readiness()).toEqual({ state: 'ready' });
  },
);

test('an abort ends the child; no output of that file reaches the next one, which gets a new child', async () => {
  const engine = ready();
  await engine.whenReady(never);
  const before = await numberOfItsChild(engine);
  const abort = new AbortController();
  const reason = new Error('cancelled by its owner');
  const aborted = engine.transcribe(
    audio('slow'),
    plain,
    hooks({ signal: abort.signal, onProgress: () => abort.abort(reason) }),
  );
  const next = engine.transcribe(audio('speech'), plain, hooks());
  await expect(aborted).rejects.toBe(reason);
  expect((await next).segments.map(({ text }) => text)).toEqual([
    'Hello and welcome.',
    'Send me a voice message.',
  ]);
  expect(await numberOfItsChild(engine)).not.toBe(before);
  await hasGone(Number(before));
});

test('LOCAL sets itself up again when a new child cannot be started because its files are gone', async () => {
  // Settings are read at each start of a child: the second finds that the first set-up is broken.
  const broken = fakeTranscriber();
  const engine = start(async (attempt) => (attempt === 1 ? broken : fakeTranscriber()));
  await engine.whenReady(never);
  await expect(engine.transcribe(audio('dies'), plain, hooks())).rejects.toMatchObject({
    code: 'engine_failed',
  });
  Object.assign(broken, fakeTranscriber('cannot load'));
  await expect(engine.transcribe(audio('speech'), plain, hooks())).rejects.toMatchObject({ retryable: true });
  await engine.whenReady(never);
  expect((await engine.transcribe(audio('speech'), plain, hooks())).segments).toHaveLength(2);
});

test('a file that comes before the set-up is done is refused as retryable', async () => {
  const engine = start(() => new Promise(() => undefined));
  await expect(engine.transcribe(audio('speech'), plain, hooks())).rejects.toMatchObject({
    code: 'engine_unavailable',
    retryable: true,
  });
  started.splice(0);
});

/** Waits until it is aborted, as a set-up that does not end. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
  });

test.each<[string, () => Engine, (engine: Engine) => unknown]>([
  ['while it sets up', () => start((_attempt, _onProgress, signal) => untilAborted(signal)), () => undefined],
  [
    'while the model loads',
    () => start(async () => fakeTranscriber('loads forever')),
    async (engine) => {
      await until(() => !JSON.stringify(engine.readiness()).includes('install'));
    },
  ],
  [
    'while it waits to try again',
    () => start(() => Promise.reject(new Error('no network')), { firstRetryMs: 60_000 }),
    (engine) => engine.whenReady(never).catch(() => undefined),
  ],
  ['when it is ready', ready, (engine) => engine.whenReady(never)],
  [
    'with a child that ignores signals',
    () => start(async () => fakeTranscriber('deaf')),
    (engine) => engine.whenReady(never),
  ],
])('closing %s ends LOCAL, which then accepts nothing', async (_, begin, reach) => {
  const engine = begin();
  await reach(engine);
  await engine.close();
  expect(engine.readiness().state).toBe('unavailable');
  await expect(engine.whenReady(never)).rejects.toMatchObject({ code: 'engine_unavailable' });
  await expect(engine.transcribe(audio('speech'), plain, hooks())).rejects.toMatchObject({ retryable: true });
  await engine.close();
});

test('closing ends the file under way, and rejects those who wait', async () => {
  const engine = ready();
  await engine.whenReady(never);
  const child = await numberOfItsChild(engine);
  const working = engine.transcribe(audio('hangs'), plain, hooks({ onProgress: () => void engine.close() }));
  const next = engine.transcribe(audio('speech'), plain, hooks());
  await Promise.all([
    expect(working).rejects.toMatchObject({ retryable: true }),
    expect(next).rejects.toMatchObject({ retryable: true }),
  ]);
  await hasGone(Number(child));

  const preparing = start((_attempt, _onProgress, signal) => untilAborted(signal));
  const waiting = expect(preparing.whenReady(never)).rejects.toMatchObject({ code: 'engine_unavailable' });
  await preparing.close();
  await waiting;
});

test('a LOCAL that was never prepared can be closed', async () => {
  await createLocalEngine(unused, pino({ level: 'silent' })).close();
});
