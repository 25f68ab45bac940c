import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareRoutines } from '../../scripts/routines.ts';
import { DabirError } from '../../src/domain/errors.ts';
import { readArchive } from '../../src/operations/backup/archive-reader.ts';
import { rowsOf } from '../../src/operations/backup/manifest.ts';
import { type RestoreSummary, restore } from '../../src/operations/backup/restore.ts';
import { createDeliveries } from '../../src/store/deliveries.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { findMissingMigrations, migrate } from '../../src/store/migrate.ts';
import { createTranscripts } from '../../src/store/transcripts.ts';
import { freshDatabase, withDatabase } from '../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

/**
 * Backups of each release's database, made by `npm run release:dump`. That of a version which is not released yet is
 * made again after each change of the baseline (docs/releasing.md).
 */
const dumps = fileURLToPath(new URL('../fixtures/releases/', import.meta.url));
const prisma = new URL('../../prisma/', import.meta.url);

describe.each((await readdir(dumps)).sort())('the database of release %s', (name) => {
  const archive = join(dumps, name);
  let target: Awaited<ReturnType<typeof freshDatabase>>;
  let database: TestDatabase;
  let summary: RestoreSummary;

  beforeAll(async () => {
    target = await freshDatabase({ empty: true });
    summary = await restore({
      ...{ databaseUrl: target.url, archive, saveFirst: null },
      ...{ onProgress: () => undefined, signal: new AbortController().signal },
    });
    database = openTestDatabase(target.url, 2);
  });
  afterAll(async () => {
    await database?.close();
    await target?.drop();
  });

  /** Takes an upload of a user from its arrival to its sent answer. */
  async function transcribe(user: number): Promise<void> {
    const lanes = createLanes(database, patientLanes);
    const { id } = await submitted(lanes, upload({ user, messageId: Date.now() % 1e9 }));
    const choice = await lanes.choose(id, user, 'local');
    const job = choice.outcome === 'chosen' && choice.next && (await lanes.claim(choice.next, 'a worker'));
    if (!job) throw new Error('nothing to claim');
    const text = { kind: 'text', part: 0, payload: { text: 'سلام' } } as const;
    expect(
      await lanes.finish(job, {
        state: 'COMPLETED',
        usage: null,
        transcript: { language: 'fa', languageProbability: null, segments: [] },
        durationSeconds: 1,
        deliveries: [text],
      }),
    ).toMatchObject({ result: 'committed' });
    expect(await createDeliveries(database).recordSent(id, [{ delivery: text, messageIds: [7] }], true)).toBe(
      true,
    );
    expect(await createTranscripts(database).find(id)).toMatchObject({ engine: 'local' });
  }

  test('the database of an earlier release comes back with every row and is upgraded to the present schema', async () => {
    expect(summary.rows).toBe(rowsOf(await readArchive(archive)));
    expect(await findMissingMigrations(target.url)).toEqual([]);
    expect(await withDatabase(target.url, (client) => compareRoutines(client))).toEqual([]);
  });

  test('the database of an earlier release goes on: what waited is claimed and finished, the next is promoted, and new users are served', async () => {
    const lanes = createLanes(database, patientLanes);
    const [token] = await lanes.listQueuedTokens('local', 20);
    const job = token && (await lanes.claim(token, 'a worker'));
    if (!job) throw new Error('nothing waits in the dump');
    const error = new DabirError('no_speech', 'nothing was said');
    const { next } = await lanes.finish(job, { state: 'FAILED', usage: null, error, deliveries: [] });
    expect(next?.id).toBeGreaterThan(0);
    expect(next?.id).not.toBe(job.id);
    await transcribe(900_001);
  });

  test('the database of an earlier release still starts with the program of that release, and is used again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dabir-release-'));
    try {
      // The prisma folder of the release: its migrations, and its number.
      const { migrations } = await readArchive(archive);
      await mkdir(join(folder, 'migrations'));
      for (const { name: migration } of migrations)
        await cp(new URL(`migrations/${migration}/`, prisma), join(folder, 'migrations', migration), {
          recursive: true,
        });
      const numbers = (await database.release.findMany({ orderBy: { number: 'asc' } })).map(
        ({ number }) => number,
      );
      const [own = 0] = numbers;
      const present = JSON.parse(await readFile(new URL('release.json', prisma), 'utf8')).release as number;
      expect(numbers.at(-1)).toBe(present);
      await writeFile(join(folder, 'release.json'), JSON.stringify({ release: own }));
      const started = migrate(target.url, pathToFileURL(`${folder}/`));
      // Two releases back nothing is promised (docs/decisions/0015-going-back.md).
      if (own < present - 1) await expect(started).rejects.toThrow(/newer than the program/);
      else expect(await started).toEqual([]);
      await transcribe(900_002);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
