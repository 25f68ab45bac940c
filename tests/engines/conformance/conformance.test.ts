// The fault numbers in titles are those of docs/faults.md.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AudioChunk, ChunkTranscript, TranscribeHooks } from '../../../src/domain/engine.ts';
import { DabirError } from '../../../src/domain/errors.ts';
import { JobAborted } from '../../../src/domain/job-aborted.ts';
import { transcriptText } from '../../../src/domain/transcript.ts';
import { createLocalEngine } from '../../../src/engines/local/local-engine.ts';
import { audio, fakeTranscriber, hooks, plain } from '../../support/local-transcribers.ts';
import { type Oddity, send, startService } from '../../support/services/service.ts';
import * as odd from './oddities.ts';
import { type Subject, type SubjectKind, shapes, subjectKinds } from './subjects.ts';
import { ConformanceTable } from './table.ts';

const table = new ConformanceTable([...subjectKinds.map(({ name }) => name), 'LOCAL']);
let folder: string;
const chunks = new Map<string, AudioChunk>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-conformance-'));
  for (const format of ['wav', 'flac', 'ogg', 'mp3'] as const) {
    const path = join(folder, `part.${format}`);
    await writeFile(path, Buffer.alloc(4_000, 1));
    chunks.set(format, { path, durationSeconds: 2, format });
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  console.log(`\n${table.render()}\nn/a: LOCAL speaks with a process of its own, over no network.\n`);
});

/** Returns a ticket as the application keeps it. */
function ticketBox() {
  const box = { value: null as string | null };
  const save = async (next: string | null) => {
    box.value = next;
  };
  return { box, ticket: { value: null, save } };
}

async function transcribe(
  { engine }: Subject,
  overrides: Partial<TranscribeHooks> = {},
): Promise<ChunkTranscript> {
  const chunk = chunks.get(engine.profile.limits.formats[0] ?? 'wav');
  if (chunk === undefined) throw new Error('no such format');
  return engine.transcribe(chunk, plain, hooks({ ticket: ticketBox().ticket, ...overrides }));
}

const failure = (subject: Subject, overrides: Partial<TranscribeHooks> = {}) =>
  transcribe(subject, overrides).then(
    () => expect.fail('it was taken for a success'),
    (error: unknown) => error,
  );

async function withSubject(
  kind: SubjectKind,
  work: (subject: Subject) => Promise<void>,
  shape?: string,
): Promise<void> {
  const subject = await kind.start(shape);
  try {
    await work(subject);
  } finally {
    await subject.close();
  }
}

const text = 'سلام دنیا. خوبی؟';
const account = { code: 'engine_account', retryable: false };
const passing = { code: 'engine_failed', retryable: true };
const changed = { code: 'engine_response_unknown', retryable: false };

/** The behaviours, each with the steps at which it is tried and the expected result. */
const rows: readonly {
  name: string;
  oddity: Oddity;
  /** `all`: each step of a chunk in turn; `first`, `last`: that one. */
  at: 'all' | 'first' | 'last';
  becomes: 'text' | { code: string; retryable: boolean; retryAfterMs?: number };
}[] = [
  { name: '401', oddity: odd.says(401), at: 'all', becomes: account },
  { name: '402', oddity: odd.says(402), at: 'all', becomes: account },
  { name: '403', oddity: odd.says(403), at: 'all', becomes: account },
  {
    name: '429 with Retry-After',
    oddity: odd.says(429, 'slow down', { 'retry-after': '7' }),
    at: 'first',
    becomes: { ...passing, retryAfterMs: 7_000 },
  },
  {
    name: '429 by a clock that is wrong',
    oddity: odd.busyByItsClock,
    at: 'first',
    becomes: { ...passing, retryAfterMs: 5_000 },
  },
  { name: '500', oddity: odd.says(500), at: 'all', becomes: passing },
  { name: '502, a web page', oddity: odd.says(502, '<html>Bad Gateway</html>'), at: 'all', becomes: passing },
  { name: '413', oddity: odd.says(413), at: 'first', becomes: { code: 'engine_rejected', retryable: false } },
  { name: 'slow drip', oddity: odd.drips, at: 'first', becomes: passing },
  { name: 'hang', oddity: odd.hangs, at: 'first', becomes: passing },
  { name: 'cut in the middle', oddity: odd.cuts, at: 'all', becomes: passing },
  { name: 'cut before a word', oddity: odd.hangsUp, at: 'all', becomes: passing },
  { name: 'gzip', oddity: odd.packs, at: 'all', becomes: 'text' },
  { name: '1 GB packed into 1 MB', oddity: odd.aGigabytePacked, at: 'first', becomes: passing },
  {
    name: 'a web page with 200',
    oddity: odd.says(200, '<!doctype html><h1>Welcome</h1>'),
    at: 'all',
    becomes: passing,
  },
  { name: 'invalid JSON', oddity: odd.says(200, '{"text": "سلام'), at: 'all', becomes: passing },
  { name: 'JSON 10,000 deep', oddity: odd.says(200, odd.deepJson), at: 'all', becomes: changed },
  { name: 'JSON in a new form', oddity: odd.says(200, odd.newForm), at: 'all', becomes: changed },
  { name: 'an error with 200', oddity: odd.says(200, { error: 'try later' }), at: 'all', becomes: passing },
  { name: 'JSON null', oddity: odd.says(200, 'null'), at: 'all', becomes: passing },
  { name: 'byte order mark', oddity: odd.withMark, at: 'all', becomes: 'text' },
  { name: 'wrong encoding by its header', oddity: odd.withWrongEncoding, at: 'all', becomes: 'text' },
  { name: 'unknown fields', oddity: odd.withMore, at: 'all', becomes: 'text' },
  { name: 'a clock a day behind', oddity: odd.yesterday, at: 'all', becomes: 'text' },
];

describe.each(subjectKinds)('$name', (kind) => {
  const stepsOf = (at: 'all' | 'first' | 'last') =>
    at === 'all' ? kind.steps : [kind.steps.at(at === 'first' ? 0 : -1) ?? ''];
  const ok = (row: string) => table.note(row, kind.name, 'ok');
  const last = kind.steps.at(-1) ?? '';

  test.each(shapes[kind.name] ?? [])('a remote engine returns a success as %s', async (shape) => {
    await withSubject(
      kind,
      async (subject) => {
        const transcript = await transcribe(subject);
        expect(transcriptText(transcript)).toBe(text);
        for (const { start, end } of transcript.segments) expect(start).toBeLessThan(end);
      },
      shape,
    );
    ok('answers, in every known shape');
  });

  test.each(rows)('a remote engine handles: $name', async ({ name, oddity, at, becomes }) => {
    for (const step of stepsOf(at)) {
      await withSubject(kind, async (subject) => {
        subject.service.odd(step, oddity);
        if (becomes === 'text') expect(transcriptText(await transcribe(subject)), step).toBe(text);
        else {
          const error = await failure(subject);
          expect(error, step).toBeInstanceOf(DabirError);
          expect(error, step).toMatchObject(becomes);
        }
      });
    }
    ok(name);
  });

  test('a remote engine cuts off a body of 1 GB early (fault 17)', async () => {
    await withSubject(kind, async (subject) => {
      const taken = Promise.withResolvers<number>();
      subject.service.odd(kind.steps[0] ?? '', odd.aGigabyte(taken.resolve));
      expect(await failure(subject)).toMatchObject(passing);
      expect(await taken.promise).toBeLessThan(200);
    });
    ok('1 GB body');
  });

  test('a remote engine does not follow a redirect to another host, but follows one on the same host (fault 23)', async () => {
    const stranger = await startService(
      () => 'came',
      () => ({ status: 200, body: {} }),
    );
    try {
      for (const status of [301, 302, 303, 307, 308]) {
        await withSubject(kind, async (subject) => {
          subject.service.odd(
            kind.steps[0] ?? '',
            odd.says(status, '', { location: `${stranger.url}/v1/anything` }),
          );
          expect(await failure(subject), `${status}`).toMatchObject(account);
        });
      }
      expect(stranger.steps).toEqual([]);
      await withSubject(kind, async (subject) => {
        let redirected = false;
        subject.service.odd(kind.steps[0] ?? '', (exchange) => {
          const { request, response, answer } = exchange;
          if (redirected)
            return void response
              .writeHead(answer.status, { 'content-type': 'application/json' })
              .end(JSON.stringify(answer.body));
          redirected = true;
          odd.says(307, '', { location: request.url ?? '' })(exchange);
        });
        expect(transcriptText(await transcribe(subject))).toBe(text);
      });
    } finally {
      await stranger.close();
    }
    ok('redirects');
  });

  test('a remote engine accepts an empty text as no speech', async () => {
    await withSubject(kind, async (subject) => {
      subject.service.odd(last, odd.says(200, kind.empty));
      expect((await transcribe(subject)).segments).toEqual([]);
    });
    ok('empty text');
  });

  test('a remote engine ends when the service stays pending for ever', async () => {
    const { pending } = kind;
    if (pending === null) return table.note('pending for ever', kind.name, 'n/a: no polling');
    await withSubject(kind, async (subject) => {
      // VIRA answers the first status request at once or with "pending".
      subject.service.odd(kind.id === 'vira' ? '*' : last, odd.says(200, pending));
      expect(await failure(subject)).toMatchObject(passing);
    });
    ok('pending for ever');
  });

  test('a remote engine asks for the same job again after a crash, and does not send the chunk again', async () => {
    if (kind.pending === null) return table.note('crash while it works', kind.name, 'n/a: one call');
    await withSubject(
      kind,
      async (subject) => {
        const { box, ticket } = ticketBox();
        const crash = new AbortController();
        subject.service.odd('*', ({ response, answer }) => {
          if (box.value !== null && !/^added/.test(box.value)) crash.abort(new JobAborted('shutdown'));
          else send(response, answer);
        });
        const stopped = await failure(subject, { ticket, signal: crash.signal });
        expect(stopped).toBeInstanceOf(JobAborted);
        subject.service.odd(null);
        const sent = subject.service.steps.filter((step) => step === kind.steps[0]).length;
        const transcript = await transcribe(subject, { ticket: { ...ticket, value: box.value } });
        expect(transcriptText(transcript)).toBe(text);
        expect(subject.service.steps.filter((step) => step === kind.steps[0])).toHaveLength(sent);
      },
      kind.id === 'vira' ? 'pending' : undefined,
    );
    ok('crash while it works');
  });

  test('a remote engine transcribes the same chunk twice with the same result', async () => {
    await withSubject(kind, async (subject) => {
      const [first, second] = [await transcribe(subject), await transcribe(subject)];
      expect(second).toEqual(first);
    });
    ok('duplicate result');
  });

  test('a remote engine stops the request at once on abort, at every step', async () => {
    for (const step of kind.steps) {
      await withSubject(kind, async (subject) => {
        const abort = new AbortController();
        const closed = Promise.withResolvers<void>();
        subject.service.odd(step, ({ response }) => {
          response.on('close', () => closed.resolve());
          abort.abort(new JobAborted('cancel'));
        });
        expect(await failure(subject, { signal: abort.signal }), step).toBe(abort.signal.reason);
        await closed.promise;
        expect(await failure(subject, { signal: abort.signal })).toBe(abort.signal.reason);
      });
    }
    ok('abort');
  });

  test('a remote engine repeats no token of ours in a message, even when the service does', async () => {
    for (const step of kind.steps) {
      await withSubject(kind, async (subject) => {
        for (const [status, body] of [
          [401, { error: { message: `bad key ${subject.key}` } }],
          [500, `<html>${encodeURIComponent(subject.key)} ${subject.key}</html>`],
          [200, `${subject.key} is not JSON`],
          [
            200,
            {
              Status: `ConvertFailed ${subject.key}`,
              status: 'ERROR',
              error: subject.key,
              data: { status: 'error', message: subject.key },
            },
          ],
        ] as const) {
          subject.service.odd(step, odd.says(status, body));
          const said = await failure(subject);
          expect(wholeError(said), step).not.toContain(subject.key);
        }
      });
    }
    ok('no token in errors');
  });
});

/** Returns everything that a log could contain of an error. */
function wholeError(thrown: unknown): string {
  const words: string[] = [];
  for (let error = thrown; error instanceof Error; error = error.cause) {
    words.push(error.message, error.stack ?? '', JSON.stringify({ ...error }));
  }
  return words.join('\n');
}

const scribe = subjectKinds.find(({ id }) => id === 'scribe');
const openAi = subjectKinds.find(({ id }) => id === 'openai');

test.each([
  ['insufficient_quota', { code: 'engine_account', retryable: false }],
  ['rate_limit_exceeded', { code: 'engine_failed', retryable: true }],
])('OpenAI’s 429 for %s is not taken for the other kind of 429', async (code, becomes) => {
  if (openAi === undefined) throw new Error('no such engine');
  await withSubject(openAi, async (subject) => {
    subject.service.odd('*', odd.says(429, { error: { code, message: 'no' } }));
    expect(await failure(subject)).toMatchObject(becomes);
  });
});

test.each([
  ['forgets a generation that the service answers 404 for', 404, 'gone', null],
  ['keeps a generation when the service only writes of a 404', 400, 'upstream answered 404', 'gen-1'],
])('SCRIBE %s', async (_, status, message, kept) => {
  if (scribe === undefined) throw new Error('no such engine');
  await withSubject(scribe, async (subject) => {
    subject.service.odd('check', odd.says(status, { message }));
    const { box, ticket } = ticketBox();
    box.value = 'gen-1';
    await failure(subject, { ticket: { ...ticket, value: 'gen-1' } });
    expect(box.value).toBe(kept);
  });
});

describe('LOCAL', () => {
  const rowsOfLocal = [
    ['answers, in every known shape', 'speech', 'Hello and welcome. Send me a voice message.'],
    ['empty text', 'silence', ''],
    ['duplicate result', 'for another job', 'our own'],
    ['hang', 'hangs', passing],
    ['cut in the middle', 'dies', passing],
    ['invalid JSON', 'nonsense', passing],
    ['1 GB body', 'endless line', passing],
  ] as const;

  test.each(rowsOfLocal)('LOCAL handles: %s', async (row, path, becomes) => {
    const engine = createLocalEngine(noFolder, pino({ level: 'silent' }), {
      provision: async () => fakeTranscriber('normal', 1_000),
    });
    try {
      engine.prepare();
      await engine.whenReady(new AbortController().signal);
      const transcript = engine.transcribe(audio(path), plain, hooks());
      if (typeof becomes === 'string') expect(transcriptText(await transcript)).toBe(becomes);
      else await expect(transcript).rejects.toMatchObject(becomes);
      table.note(row, 'LOCAL', 'ok');
    } finally {
      await engine.close();
    }
  });

  test('LOCAL handles: abort', async () => {
    const engine = createLocalEngine(noFolder, pino({ level: 'silent' }), {
      provision: async () => fakeTranscriber(),
    });
    try {
      engine.prepare();
      await engine.whenReady(new AbortController().signal);
      const abort = new AbortController();
      const onProgress = () => abort.abort(new JobAborted('cancel'));
      await expect(
        engine.transcribe(audio('hangs'), plain, hooks({ signal: abort.signal, onProgress })),
      ).rejects.toBeInstanceOf(JobAborted);
      table.note('abort', 'LOCAL', 'ok');
    } finally {
      await engine.close();
    }
  });

  afterAll(() => {
    for (const { name } of rows)
      if (!rowsOfLocal.some(([row]) => row === name)) table.note(name, 'LOCAL', 'n/a');
    for (const name of ['redirects', 'pending for ever', 'crash while it works', 'no token in errors']) {
      table.note(name, 'LOCAL', 'n/a');
    }
  });
});

/** An unused folder: the set-up is the test's own. */
const noFolder = {
  dataDir: '',
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
