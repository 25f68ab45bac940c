import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readArchive } from '../../../src/operations/backup/archive-reader.ts';
import { backup as backupDatabase } from '../../../src/operations/backup/backup.ts';
import { Failure } from '../../../src/operations/backup/failure.ts';
import { freshDatabase, withDatabase } from '../../support/databases.ts';
import { runProgram, startProgram } from '../../support/run-program.ts';
import { until } from '../../support/until.ts';

/** Failures of backups: each gets one sentence and the exit code of its kind, and destroys nothing. */
let folder: string;
/** A complete backup of a small database. */
let archive: string;
let source: Awaited<ReturnType<typeof freshDatabase>>;
let target: Awaited<ReturnType<typeof freshDatabase>>;

/** SQL for 300,000 rows of 100 letters that do not compress, so that a backup of them takes some seconds. */
const manyRows = `
  INSERT INTO audit ("actorId", action, subject)
  SELECT 1, 'many', md5(n::text) || md5((n * 7)::text) || md5((n * 13)::text) FROM generate_series(1, 300000) AS n`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-backup-'));
  [source, target] = await Promise.all([freshDatabase(), freshDatabase()]);
  await withDatabase(source.url, (client) =>
    client.query(`INSERT INTO "user" (id, "firstName") VALUES (7, 'سارا')`),
  );
  await backup(join(folder, 'good'));
  archive = join(folder, 'good', (await readdir(join(folder, 'good')))[0] ?? '');
});
afterAll(async () => {
  await Promise.all([source?.drop(), target?.drop()]);
  await rm(folder, { recursive: true, force: true });
});

const backup = (to: string, more: string[] = [], url = source.url) =>
  runProgram('src/backup.ts', ['--to', to, ...more], { DATABASE_URL: url });
const restore = (parameters: string[], url = target.url) =>
  runProgram('src/restore.ts', parameters, { DATABASE_URL: url });

test('a backup without a database fails', async () => {
  const { code, out, err } = await runProgram('src/backup.ts', [], { DATA_DIR: join(folder, 'empty') });
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('DATABASE_URL is not set, and there is no embedded database');
});

test('a database without Dabir’s tables is not saved', async () => {
  const empty = await freshDatabase({ empty: true });
  try {
    const { code, err } = await backup(join(folder, 'none'), [], empty.url);
    expect([code, err]).toEqual([
      4,
      'There is no Dabir in this database yet: no migration was ever applied to it.\n',
    ]);
    expect(await readdir(join(folder, 'none'))).toEqual([]);
  } finally {
    await empty.drop();
  }
});

test('an unreachable database and a wrong password get different errors, and no password is repeated', async () => {
  const wrong = new URL(source.url);
  wrong.password = 'not-the-password';
  const refused = await backup(folder, [], wrong.href);
  expect(refused.code).toBe(3);
  expect(refused.err).toMatch(/^PostgreSQL refuses the user or the password in DATABASE_URL/);
  wrong.port = '1';
  const absent = await backup(folder, [], wrong.href);
  expect(absent.code).toBe(3);
  expect(absent.err).toMatch(/^PostgreSQL at DATABASE_URL does not answer/);
  expect(refused.err + absent.err).not.toContain(wrong.password);
});

test('the database URL is read from a secret file too', async () => {
  const file = join(folder, 'database-url');
  await writeFile(file, `${source.url}\n`);
  const to = join(folder, 'secret');
  const { code } = await runProgram('src/backup.ts', ['--to', to], { DATABASE_URL_FILE: file });
  expect(code).toBe(0);
  expect(await readdir(to)).toHaveLength(1);
});

test('a restore refuses a database that is not empty', async () => {
  const { code, err } = await restore([archive]);
  expect(code).toBe(4);
  expect(err).toMatch(/^The database is not empty\./);
});

test('with --replace the old content of the database is saved first, under a free name, then replaced', async () => {
  const own = join(folder, 'replace');
  await mkdir(own);
  const file = join(own, 'backup.tar.gz');
  await copyFile(archive, file);
  const taken = await takeNames(own);
  await withDatabase(target.url, (client) =>
    client.query(`INSERT INTO "user" (id, "firstName") VALUES (8, 'Bob')`),
  );
  const { code, out } = await restore([file, '--replace']);
  expect(code).toBe(0);
  const users = await withDatabase(target.url, (client) => client.query('SELECT id FROM "user"'));
  expect(users.rows).toEqual([{ id: '7' }]);
  const before = /What was in the database before is in (\S+)\.$/m.exec(out)?.[1] ?? '';
  expect((await readArchive(before)).tables.find(({ name }) => name === 'user')?.rows).toBe(1);
  expect(before).toMatch(/Z-2\.tar\.gz$/);
  for (const name of taken) expect(await readFile(join(own, name), 'utf8')).toBe('another');
});

test('a database with other connections is not replaced', async () => {
  await withDatabase(target.url, async () => {
    const { code, err } = await restore([archive, '--replace']);
    expect([code, err]).toEqual([
      4,
      'One other connection is open to the database. Stop all bots and workers first.\n',
    ]);
  });
});

test('a backup that is truncated or has any byte changed is never accepted as complete', async () => {
  const whole = await readFile(archive);
  const contents = gunzipSync(whole);
  const manifest = await readArchive(archive);
  const file = join(folder, 'damaged.tar.gz');
  const step = Math.max(1, Math.floor(whole.length / 60));
  for (let at = 0; at < whole.length; at += step) {
    await writeFile(file, whole.subarray(0, at));
    await expect(readArchive(file)).rejects.toMatchObject({ kind: 'damaged' });
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    await writeFile(file, changed);
    const read = await readArchive(file).catch((error: Failure) => error);
    // A few bits hold no contents: time and system in gzip's header, and what fills the last byte of its data.
    if (read instanceof Failure) expect(read.kind).toBe('damaged');
    else expect([gunzipSync(changed).equals(contents), read]).toEqual([true, manifest]);
  }
});

test('a damaged backup changes nothing in the database', async () => {
  const empty = await freshDatabase({ empty: true });
  const file = join(folder, 'cut.tar.gz');
  const whole = await readFile(archive);
  await writeFile(file, whole.subarray(0, whole.length / 2));
  try {
    const { code, err } = await restore([file], empty.url);
    expect(code).toBe(5);
    expect(err).toMatch(/^The archive is damaged, or is no backup of Dabir: .*\.\n$/);
    const tables = await withDatabase(empty.url, (client) =>
      client.query(`SELECT FROM information_schema.tables WHERE table_schema = 'public'`),
    );
    expect(tables.rows).toEqual([]);
    expect((await restore(['--check', file])).code).toBe(5);
    expect((await restore(['--check', archive])).code).toBe(0);
    expect((await restore([join(folder, 'nowhere.tar.gz')])).code).toBe(2);
  } finally {
    await empty.drop();
  }
});

test('rows that violate a key are found, and the database is empty again', async () => {
  const broken = await freshDatabase();
  const empty = await freshDatabase({ empty: true });
  const to = join(folder, 'broken');
  try {
    await withDatabase(broken.url, (client) =>
      client.query(`SET session_replication_role = replica; INSERT INTO setting ("userId") VALUES (123)`),
    );
    expect((await backup(to, [], broken.url)).code).toBe(0);
    const { code, err } = await restore([join(to, (await readdir(to))[0] ?? '')], empty.url);
    expect(code).toBe(1);
    expect(err).toMatch(/violates foreign key constraint/);
    const { rows } = await withDatabase(empty.url, (client) =>
      client.query(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`),
    );
    expect(rows).toEqual([]);
  } finally {
    await Promise.all([broken.drop(), empty.drop()]);
  }
});

test('old backups are deleted after the new one was checked, and no other file is touched', async () => {
  const to = join(folder, 'many');
  await mkdir(to);
  const old = [
    'dabir-20200101T000000Z.tar.gz',
    'dabir-20200102T000000Z.tar.gz',
    'dabir-20200103T000000Z.tar.gz',
  ];
  const others = ['dabir-by-hand.tar.gz', 'dabir-20200101T000000Z.tar.gz.old', 'notes.txt'];
  const abandoned = join(to, 'dabir-20200104T000000Z.tar.gz.partial');
  for (const name of [...old, ...others]) await writeFile(join(to, name), '');
  await writeFile(abandoned, '');
  await utimes(abandoned, new Date(0), new Date(0));
  const failed = await backup(to, ['--keep', '2'], 'postgresql://nobody@127.0.0.1:1/x');
  expect(failed.code).toBe(3);
  expect(await readdir(to)).toEqual(expect.arrayContaining(old));
  const { code, out } = await backup(to, ['--keep', '2']);
  expect(code).toBe(0);
  expect(out).toContain('Older backups deleted: 2.');
  const made = /dabir-\d{8}T\d{6}Z\.tar\.gz/.exec(out)?.[0] ?? '';
  expect((await readdir(to)).toSorted()).toEqual([...others, old[2], made].toSorted());
});

test('a backup whose name is taken gets the next number', async () => {
  const to = join(folder, 'taken');
  await mkdir(to);
  const taken = await takeNames(to);
  const { code, out, err } = await backup(to, ['--keep', '1000']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/dabir-\d{8}T\d{6}Z-2\.tar\.gz/);
  for (const name of taken) expect(await readFile(join(to, name), 'utf8')).toBe('another');
});

/** Takes the names of all backups that begin within the next two minutes. */
async function takeNames(to: string): Promise<string[]> {
  const now = Date.now();
  const names = Array.from({ length: 120 }, (_, seconds) => {
    const second = new Date(now + seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
    return `dabir-${second}.tar.gz`;
  });
  for (const name of names) await writeFile(join(to, name), 'another');
  return names;
}

test('of backups of the same second the oldest are deleted, and the new one stays', async () => {
  const to = join(folder, 'same-second');
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00.500Z') });
  try {
    const made: string[] = [];
    for (let turn = 0; turn < 11; turn += 1) {
      const { file } = await backupDatabase({
        ...{ databaseUrl: source.url, folder: to, keep: 2, program: '1' },
        ...{ onProgress: () => undefined, signal: new AbortController().signal },
      });
      made.push(basename(file));
      expect((await readdir(to)).toSorted()).toEqual(made.slice(-2).toSorted());
    }
    expect(made.slice(0, 2)).toEqual(['dabir-20260101T000000Z.tar.gz', 'dabir-20260101T000000Z-2.tar.gz']);
  } finally {
    vi.useRealTimers();
  }
});

test('two backups into one folder at the same moment get a file each', async () => {
  const to = join(folder, 'at-once');
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00.500Z') });
  try {
    const made = await Promise.all(
      [source.url, target.url].map((databaseUrl) =>
        backupDatabase({
          ...{ databaseUrl, folder: to, keep: 9, program: '1' },
          ...{ onProgress: () => undefined, signal: new AbortController().signal },
        }),
      ),
    );
    const names = made.map(({ file }) => basename(file));
    expect(new Set(names).size).toBe(2);
    expect((await readdir(to)).toSorted()).toEqual(names.toSorted());
  } finally {
    vi.useRealTimers();
  }
});

describe('a folder that cannot be created is refused at once', () => {
  const cannotWrite = 6;
  /** Runs a backup to a folder; ends it if it never ends by itself. */
  const backupTo = async (to: string, wrapper: string[] = []) => {
    const running = startProgram('src/backup.ts', ['--to', to], { DATABASE_URL: source.url }, wrapper);
    const timer = setTimeout(() => running.process.kill('SIGKILL'), 30_000);
    const { code, out, err } = await running.ended;
    clearTimeout(timer);
    expect(out).toBe('');
    return { code, err };
  };

  test('a folder that cannot be created is refused at once because the folder above it is missing', async () => {
    const parent = join(folder, 'not-mounted');
    const to = join(parent, 'backups');
    expect(await backupTo(to)).toEqual({
      code: 2,
      err: `The folder ${parent} does not exist, so ${to} was not created.\n`,
    });
    expect(await readdir(folder)).not.toContain('not-mounted');
  });

  test('a folder that cannot be created is refused at once because a file has its name, or the name of the folder above it', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect((await backupTo(file)).code).toBe(cannotWrite);
    expect((await backupTo(join(file, 'backups'))).code).toBe(cannotWrite);
  });

  test.runIf(process.platform === 'linux')(
    'a folder that cannot be created is refused at once because the system refuses it, as in /proc',
    async () => {
      const { code, err } = await backupTo('/proc/backups');
      expect([code, err]).toEqual([cannotWrite, 'The folder /proc/backups cannot be created (ENOENT).\n']);
    },
  );

  // Windows has no such mode.
  test.runIf(process.platform !== 'win32')(
    'a folder that cannot be created is refused at once because the folder above it may not be written',
    async () => {
      const parent = join(folder, 'read-only');
      const to = join(parent, 'backups');
      await mkdir(parent, { mode: 0o555 });
      // Root may write everywhere, unless this right is taken away.
      const capabilities = '-dac_override,-dac_read_search';
      const wrapper = process.getuid?.() === 0 ? ['setpriv', `--bounding-set=${capabilities}`] : [];
      const { code, err } = await backupTo(to, wrapper);
      expect([code, err]).toEqual([cannotWrite, `The folder ${to} cannot be created (EACCES).\n`]);
    },
  );
});

test('a file that differs on disk from what was written is no backup, and no older one is deleted for it', async () => {
  const to = join(folder, 'bad-disk');
  await mkdir(to);
  await writeFile(join(to, 'dabir-20200101T000000Z.tar.gz'), '');
  const spoil = () => {
    const [name = ''] = readdirSync(to).filter((one) => one.endsWith('.partial'));
    const bytes = readFileSync(join(to, name));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(join(to, name), bytes);
  };
  const made = backupDatabase({
    ...{ databaseUrl: source.url, folder: to, keep: 1, program: '1' },
    onProgress: (words) => words === 'reading the file back' && spoil(),
    signal: new AbortController().signal,
  });
  await expect(made).rejects.toMatchObject({ kind: 'damaged' });
  expect(await readdir(to)).toEqual(['dabir-20200101T000000Z.tar.gz']);
});

test('invalid arguments are refused', async () => {
  for (const parameters of [['--keep', '0'], ['--keep', 'many'], ['--nonsense'], ['extra']])
    expect((await runProgram('src/backup.ts', parameters, { DATABASE_URL: source.url })).code).toBe(2);
  expect((await restore([])).code).toBe(2);
});

test('a backup that is killed, interrupted or out of space leaves no file under the name of a backup', async () => {
  await withDatabase(source.url, (client) => client.query(manyRows));
  const to = join(folder, 'killed');
  const begun = async () => {
    const running = startProgram('src/backup.ts', ['--to', to], { DATABASE_URL: source.url });
    await until(async () => (await names()).some((name) => name.endsWith('.partial')));
    return running;
  };
  const names = () => readdir(to).catch(() => [] as string[]);

  // On Windows every signal is a kill, and file sizes have no limit.
  if (process.platform !== 'win32') {
    const interrupted = await begun();
    interrupted.process.kill('SIGSTOP');
    const other = await backup(to);
    expect([other.code, other.err]).toEqual([4, 'Another backup of this database is under way.\n']);
    interrupted.process.kill('SIGCONT');
    interrupted.process.kill('SIGTERM');
    const { code, out, err } = await interrupted.ended;
    expect([code, out, err]).toEqual([130, '', 'Interrupted: nothing was saved.\n']);
    expect(await names()).toEqual([]);

    // A limit of 8 blocks of 1,024 bytes per file: writing fails in the middle, as on a full disk.
    const full = await runProgram('src/backup.ts', ['--to', to], { DATABASE_URL: source.url }, [
      ...['bash', '-c', 'ulimit -f 8; exec "$@"', 'bash'],
    ]);
    expect([full.code, full.out]).toEqual([6, '']);
    expect(full.err).toMatch(/^The disk is full, or the file may not grow further \(EFBIG\)\.\n$/);
    expect(await names()).toEqual([]);
  }

  const killed = await begun();
  killed.process.kill('SIGKILL');
  await killed.ended;
  expect(await names()).toEqual([expect.stringMatching(/\.partial$/)]);
});
