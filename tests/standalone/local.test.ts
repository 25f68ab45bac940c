// The fault numbers in titles are those of docs/faults.md.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PlaygroundUser } from '../../src/demo/playground-user.ts';
import { modelsFolder, provision } from '../../src/engines/local/provision.ts';
import { decodeToWav } from '../../src/media/decoder-processes.ts';
import { noise, wavHeader } from '../media/samples.ts';
import { describeWithLocal, localEngineConfig } from '../support/local-engine-folder.ts';
import { StartedDabir, temporaryDataDir } from '../support/started-dabir.ts';
import { decodeSample, linkLocalEngine, makeToyModels } from '../support/toy-ctc.ts';
import { until } from '../support/until.ts';

const sample = fileURLToPath(new URL('../../samples/voice-note.oga', import.meta.url));
const persianSample = sample.replace('.oga', '-fa.oga');
const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url));
const words = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .split(/\s+/)
    .filter(Boolean);

/** A dead worker's file goes on soon, and a worker that is asked to end does not finish its file first. */
const impatient = {
  LEASE_SECONDS: '3',
  SHUTDOWN_GRACE_SECONDS: '0',
  // The simulated users follow each file by its own message.
  BURST_SECONDS: '0',
};

/** Adds a model of its own for Persian, which has learnt the sample by heart. */
async function addPersianModel(dataDir: string): Promise<void> {
  const { signal } = new AbortController();
  const quiet = pino({ level: 'silent' });
  const { command } = await provision(localEngineConfig(), quiet, () => undefined, signal);
  const note = await decodeSample('voice-note-fa.oga', dataDir);
  const models = modelsFolder({ dataDir });
  await makeToyModels(command, note.path, models, ['plain']);
  await writeFile(join(models, 'plain', 'model.json'), JSON.stringify({ languages: ['fa'] }));
}

/**
 * The whole product, as `npm start` runs it, with the real LOCAL model; people use it through the playground.
 */
await describeWithLocal('the whole product with the real LOCAL engine:', () => {
  let data: Awaited<ReturnType<typeof temporaryDataDir>>;
  let dabir: StartedDabir;

  beforeAll(async () => {
    data = await temporaryDataDir();
    await linkLocalEngine(data.path);
    await addPersianModel(data.path);
    dabir = await StartedDabir.start(data.path, impatient);
    await dabir.says(/LOCAL is ready/);
  }, 300_000);
  afterAll(async () => {
    await dabir?.stop();
    await data?.remove();
  });

  test('the sample gives its words, and TXT, DOCX and PDF', async () => {
    const person = await PlaygroundUser.enter(dabir.url);
    const result = await person.transcribe(sample, 'local', 'en', () => undefined);
    const spoken = await readFile(sample.replace('.oga', '.txt'), 'utf8');
    expect(result.failure).toBeNull();
    expect(words(result.text)).toEqual(words(spoken));
    expect(result.documents.map(({ name }) => name.split('.').at(-1))).toEqual(['txt', 'docx', 'pdf']);
    const [txt, docx, pdf] = await Promise.all(
      result.documents.map(({ uniqueId }) => person.download(uniqueId)),
    );
    expect(words(new TextDecoder().decode(txt)).join(' ')).toContain(words(spoken).join(' '));
    expect(
      Buffer.from(docx ?? [])
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect(
      Buffer.from(pdf ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  test('a Persian voice note goes to the model of its own for Persian, and comes back as an editor writes it', async () => {
    const person = await PlaygroundUser.enter(dabir.url, 'Mina');
    const result = await person.transcribe(persianSample, 'local', 'fa', () => undefined);
    expect(result.failure).toBeNull();
    expect(result.text).toContain('سلام دنیا این یک آزمایش است و می‌نویسد ۲۵٪.');
    const [txt] = await Promise.all(result.documents.map(({ uniqueId }) => person.download(uniqueId)));
    expect(new TextDecoder().decode(txt)).toContain('می‌نویسد ۲۵٪.');
  });

  test('ten files of two people run one at a time for each, in order, and both are served in turn', async () => {
    const people = await Promise.all([
      PlaygroundUser.enter(dabir.url, 'Ali'),
      PlaygroundUser.enter(dabir.url, 'Zoe'),
    ]);
    const results = await Promise.all(
      people.flatMap((person) =>
        Array.from({ length: 5 }, () => person.transcribe(sample, 'local', 'en', () => undefined)),
      ),
    );
    expect(results.map(({ failure }) => failure)).toEqual(Array(10).fill(null));

    const names = people.map(({ id }) => id);
    const history = await dabir.query<{ user: string; seq: number; from: string | null; to: string }>(
      `SELECT c."userId" AS user, t.seq, c."fromState" AS from, c."toState" AS to
         FROM state_change c JOIN transcription t ON t.id = c."transcriptionId"
        WHERE c."userId" = ANY($1) ORDER BY c.id`,
      [names],
    );
    const active = new Map<string, number>();
    const waiting = new Map<string, Set<number>>(names.map((id) => [String(id), new Set()]));
    const started: string[] = [];
    for (const { user, seq, from, to } of history) {
      const behind = waiting.get(user) ?? new Set();
      // On arrival where the engine is known, else when it is chosen.
      if (from === 'CHOOSING' || (from === null && to !== 'CHOOSING')) behind.add(seq);
      if (to === 'QUEUED') {
        expect(seq, 'the earliest of those who wait').toBe(Math.min(...behind));
        behind.delete(seq);
      }
      if (to === 'PROCESSING') {
        started.push(user);
        active.set(user, (active.get(user) ?? 0) + 1);
      }
      if (from === 'PROCESSING') active.set(user, (active.get(user) ?? 0) - 1);
      expect(Math.max(0, ...active.values())).toBeLessThanOrEqual(1);
    }
    expect(started).toHaveLength(10);
    // Round robin: while both have files, neither is served three times in a row.
    for (let index = 0; index + 2 < started.length - 2; index += 1) {
      expect(new Set(started.slice(index, index + 3)).size, started.join(' ')).toBe(2);
    }
  }, 240_000);

  test('fault 1: after the worker is killed in the middle of a file there is one transcript and one answer', async () => {
    const person = await PlaygroundUser.enter(dabir.url, 'Nima');
    const answer = person.transcribe(await repeatedSample(data.path, 2), 'local', 'en', () => undefined);
    const killed = await workerOn(dabir, person.id);
    process.kill(killed, 'SIGKILL');
    const result = await answer;
    expect(result.failure).toBeNull();
    expect(result.documents).toHaveLength(3);
    // The death of a worker is a loss, and no attempt of the file.
    expect(await outcomes(dabir, person.id)).toEqual([{ state: 'COMPLETED', attempts: 1, transcripts: '1' }]);
    const [losses] = await dabir.query<{ count: number }>('SELECT count(*)::int AS count FROM worker_loss');
    expect(losses?.count).toBe(1);
    expect(await documentsInChat(dabir, person.id)).toBe(3);
    await dabir.says(/The worker process ended unexpectedly/);
    const left = (await readdir(tmpdir())).filter((name) => name.startsWith(`dabir-work-${killed}-`));
    expect(left, 'a killed worker cannot clean up; the next one does').toEqual([]);
  }, 240_000);

  test('fault 18: a file that cannot be transcribed gets its own sentence, and the next file continues', async () => {
    const person = await PlaygroundUser.enter(dabir.url, 'Sara');
    const file = async (name: string, bytes: Uint8Array) => {
      await writeFile(join(data.path, name), bytes);
      return join(data.path, name);
    };
    const cases: [string, RegExp][] = [
      [await file('empty.oga', new Uint8Array()), /empty/],
      [await file('random.ogg', noise(20_000)), /could not be read as audio or video/],
      [await file('notes.txt', Buffer.from('Only words, no sound.')), /is not audio or video/],
      [fixture('video-without-sound.mp4'), /has no audio, so/],
      [fixture('five-hours-of-silence.flac'), /at most 240 minutes/],
    ];
    for (const [path, sentence] of cases) {
      const { failure } = await person.transcribe(path, 'local', 'en', () => undefined);
      expect(failure, path).toMatch(sentence);
    }
    const next = await person.transcribe(sample, 'local', 'en', () => undefined);
    expect(next.failure).toBeNull();
  }, 120_000);

  test('Ctrl+C in the middle of a file ends in order; the next start continues it, and keeps the rest', async () => {
    const person = await PlaygroundUser.enter(dabir.url, 'Mina');
    const answer = person.transcribe(await repeatedSample(data.path, 2), 'local', 'en', () => undefined);
    answer.catch(() => 'the page goes away with the program');
    await workerOn(dabir, person.id);
    expect(await dabir.stop('SIGINT')).toBe(0);
    dabir = await StartedDabir.start(data.path, impatient);
    await until(
      async () => (await outcomes(dabir, person.id))[0]?.state === 'COMPLETED',
      () => dabir.output,
      200_000,
    );
    await until(async () => (await documentsInChat(dabir, person.id)) === 3);
    // Released, not failed: a deploy costs no attempt.
    expect(await outcomes(dabir, person.id)).toEqual([{ state: 'COMPLETED', attempts: 1, transcripts: '1' }]);
    expect((await dabir.query('SELECT 1 FROM transcript')).length).toBeGreaterThan(10);
  }, 240_000);
});

/** Writes the sample repeated `times` times as a WAV file. */
async function repeatedSample(folder: string, times: number): Promise<string> {
  const [once, path] = [join(folder, 'once.wav'), join(folder, `sample-${times}.wav`)];
  const limits = {
    maxDurationSeconds: 60,
    maxMemoryBytes: 2 ** 30,
    timeoutMs: 60_000,
    maxInputBytes: 2 ** 20,
  };
  const output = { wavPath: once, loudnessPath: join(folder, 'loudness') };
  await decodeToWav(sample, output, limits, new AbortController().signal);
  const samples = (await readFile(once)).subarray(44);
  const body = Buffer.concat(Array<Buffer>(times).fill(samples));
  await writeFile(
    path,
    Buffer.concat([wavHeader(body.length, { rate: 16_000, channels: 1, coding: 'pcm16' }), body]),
  );
  return path;
}

/** Waits for a process that works on a user's file, and returns its holder's name. */
async function workerOn(dabir: StartedDabir, userId: number): Promise<number> {
  const holder = await until(async () => {
    const [row] = await dabir.query<{ holder: string }>(
      `SELECT l.holder FROM lane l JOIN transcription t ON t.id = l."activeId"
        WHERE l."userId" = $1 AND t.state = 'PROCESSING'`,
      [userId],
    );
    return row?.holder;
  });
  return Number(holder.split(':')[1]);
}

async function outcomes(dabir: StartedDabir, userId: number) {
  return dabir.query<{ state: string; attempts: number; transcripts: string }>(
    `SELECT t.state, t.attempts, (SELECT count(*) FROM transcript s WHERE s."transcriptionId" = t.id) AS transcripts
       FROM transcription t WHERE t."userId" = $1 ORDER BY t.seq`,
    [userId],
  );
}

async function documentsInChat(dabir: StartedDabir, userId: number): Promise<number> {
  const response = await fetch(`${dabir.url}/playground/people/${userId}/messages?limit=100`);
  const { messages } = (await response.json()) as {
    messages: { document?: object; from: { is_bot: boolean } }[];
  };
  return messages.filter(({ document, from }) => document !== undefined && from.is_bot).length;
}
