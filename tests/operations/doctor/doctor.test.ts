import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Playground, startPlayground } from 'telegram-playground';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { databaseFindings } from '../../../src/operations/doctor/database.ts';
import { examine } from '../../../src/operations/doctor/examine.ts';
import type { Finding } from '../../../src/operations/doctor/finding.ts';
import { judgeSpace } from '../../../src/operations/doctor/machine.ts';
import { redisFindings } from '../../../src/operations/doctor/redis.ts';
import { Redis } from '../../chaos/redis.ts';
import { freshDatabase, withDatabase } from '../../support/databases.ts';
import { serverKey, serverModel, startLanguageModelServer } from '../../support/language-model-server.ts';
import { describeWithRedis } from '../../support/redis.ts';
import { runProgram } from '../../support/run-program.ts';
import { startEbooService } from '../../support/services/eboo-service.ts';

const token = '1000000001:AAtoken-that-no-output-may-repeat-01';

let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let playground: Playground;
let well: Record<string, string>;
const servers: Server[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-doctor-'));
  database = await freshDatabase();
  playground = await startPlayground({
    dataDir: join(folder, 'playground'),
    host: '127.0.0.1',
    port: 0,
    token,
  });
  well = {
    BOT_TOKEN: token,
    TELEGRAM_API_ROOT: playground.apiRoot,
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    WEB_PORT: '0',
    WORKER_LOCAL: '0',
  };
});
afterEach(async () => {
  playground.faults.clear();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
afterAll(async () => {
  await playground?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Returns what the doctor says about one subject, with these variables changed. */
async function said(name: string, changes: Record<string, string> = {}): Promise<Finding | undefined> {
  return (await examine({ ...well, ...changes })).find((finding) => finding.name === name);
}

/** Starts a server on loopback with the test's own handler. */
async function serve(listener: RequestListener): Promise<{ url: string; port: number }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}

/** Starts a Telegram that reports this state of the bot's webhook. */
async function telegramWith(webhook: object, { date, status = 400 }: { date?: Date; status?: number } = {}) {
  const { url } = await serve((request, response) => {
    if (date !== undefined) response.setHeader('date', date.toUTCString());
    const method = request.url?.split('/').at(-1);
    if (method === 'getMe') response.end(JSON.stringify({ ok: true, result: { username: 'dabir_bot' } }));
    else if (method === 'getWebhookInfo')
      response.end(JSON.stringify({ ok: true, result: { url: '', pending_update_count: 0, ...webhook } }));
    else response.writeHead(status).end(JSON.stringify({ ok: false, description: 'Bad Request' }));
  });
  return { TELEGRAM_API_ROOT: url };
}

test('npm run doctor reports that all is well, one line for each subject, and exits with 0', async () => {
  const { code, out, err } = await runProgram('src/doctor.ts', [], well);
  expect([code, err]).toEqual([0, '']);
  const lines = out.trim().split('\n');
  expect(lines.filter((line) => line.startsWith('✗'))).toEqual([]);
  for (const begin of [
    '✓ Configuration: ',
    '✓ Database: PostgreSQL 18',
    '✓ Migrations: ',
    '✓ Connections: ',
    '✓ Updates: ',
    '✓ Bot API: ',
  ])
    expect(lines.some((line) => line.startsWith(begin))).toBe(true);
  expect(lines).toContain('– LOCAL: WORKER_LOCAL is 0: it is not used here');
});

test('a problem makes it exit with 1, also with JSON output, and no secret is repeated', async () => {
  const password = 'a-password-of-the-database';
  const { code, out } = await runProgram('src/doctor.ts', ['--json'], {
    ...well,
    BOT_TOKEN: '1000000001:AAanother-token-that-telegram-refuses',
    DATABASE_URL: `postgresql://dabir:${password}@127.0.0.1:1/dabir`,
    REDIS_URL: `redis://:${password}@127.0.0.1:1`,
    OPENAI_API_KEY: 'sk-a-key-that-nobody-may-see',
    OPENAI_BASE_URL: 'http://127.0.0.1:1',
  });
  expect(code).toBe(1);
  const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: Finding[] };
  expect(ok).toBe(false);
  const wrong = findings.filter(({ state }) => state === 'wrong');
  expect(wrong.map(({ name }) => name)).toEqual([
    'Database',
    'Redis',
    'Telegram',
    expect.stringMatching(/^Engine /),
  ]);
  expect(wrong.every(({ advice }) => advice !== null && advice.length > 10)).toBe(true);
  for (const secret of [password, 'AAanother-token', 'sk-a-key']) expect(out).not.toContain(secret);
});

test('each problem of the configuration is a line of its own', async () => {
  const findings = await examine({ ...well, ACCESS: 'everybody', WEB_PORT: 'eighty' });
  expect(findings.map(({ name, state }) => [name, state])).toEqual([
    ['Configuration', 'wrong'],
    ['Configuration', 'wrong'],
  ]);
  expect(findings.map(({ text }) => text).join()).toMatch(/WEB_PORT.*ACCESS|ACCESS.*WEB_PORT/);
});

test('a database without the latest migration is reported', async () => {
  const other = await freshDatabase();
  try {
    await withDatabase(other.url, (client) =>
      client.query(`DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_baseline'`),
    );
    expect(await said('Migrations', { DATABASE_URL: other.url })).toMatchObject({
      state: 'wrong',
      text: expect.stringMatching(/^1 not applied yet \(\d+_baseline\)$/),
    });
  } finally {
    await other.drop();
  }
});

test('servers that are too old or too full, a wrong clock and a nearly full disk are reported', () => {
  const state = {
    ...{ version: '13.9', majorVersion: 13, connections: 130, maxConnections: 147 },
    ...{ clockAheadMs: -6_000, lastBackupAt: null },
  };
  expect(databaseFindings(state, [], false)).toMatchObject([
    { name: 'Database', state: 'wrong', text: 'PostgreSQL 13.9' },
    { name: 'Migrations', state: 'ok' },
    { name: 'Connections', state: 'wrong', text: '130 of 147 in use' },
    { name: 'Clock and PostgreSQL', state: 'wrong', text: 'this machine is 6.0 s ahead' },
    { name: 'Backup', state: 'skipped' },
  ]);
  expect(redisFindings({ version: '6.0.16', policy: 'noeviction' })).toMatchObject([
    { name: 'Redis', state: 'wrong', text: 'Redis 6.0.16' },
    { name: 'Redis policy', state: 'ok' },
  ]);
  expect(judgeSpace('Disk', '/data', 1_900_000_000)).toMatchObject({
    state: 'wrong',
    text: '1.9 GB free (/data)',
  });
  expect(judgeSpace('Disk', '/data', 2_100_000_000)).toMatchObject({ state: 'ok' });
});

test('a DATA_DIR that is not a writable folder is reported', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  expect(await said('DATA_DIR', { DATA_DIR: file })).toMatchObject({ state: 'wrong' });
  expect(await said('DATA_DIR', { DATA_DIR: join(folder, 'not-there-yet') })).toMatchObject({
    state: 'skipped',
  });
  expect(await said('DATA_DIR')).toMatchObject({ state: 'ok' });
});

test('an old backup is a problem, a recent one is fine, and a missing one is reported as missing', async () => {
  const record = (age: string) =>
    withDatabase(database.url, (client) =>
      client.query(
        `INSERT INTO backup ("startedAt", "endedAt", bytes, rows, host, file)
         VALUES (now(), now() - $1::interval, 1, 1, 'a', 'b')`,
        [age],
      ),
    );
  expect(await said('Backup')).toMatchObject({ state: 'skipped', advice: 'npm run backup' });
  await record('3 days');
  expect(await said('Backup')).toMatchObject({ state: 'wrong', text: 'the last one is 72 hours old' });
  await record('1 hour');
  expect(await said('Backup')).toMatchObject({ state: 'ok' });
});

test('a token that Telegram refuses is reported, and so is a Telegram that breaks connections', async () => {
  expect(
    await said('Telegram', { BOT_TOKEN: '1000000001:AAanother-token-that-telegram-refuses' }),
  ).toMatchObject({
    state: 'wrong',
    text: 'the token is refused (Unauthorized)',
  });
  playground.faults.set('*', { kind: 'drop' });
  expect(await said('Telegram')).toMatchObject({
    state: 'wrong',
    text: expect.stringContaining('does not answer'),
  });
});

test('updates that go elsewhere than the configuration says are reported', async () => {
  const there = await telegramWith({ url: 'https://elsewhere.example.org/telegram' });
  expect(await said('Updates', there)).toMatchObject({
    state: 'wrong',
    text: 'they are delivered to a webhook at elsewhere.example.org, and UPDATES is not webhook',
  });
  const webhook = { UPDATES: 'webhook', PUBLIC_URL: 'https://dabir.example.org' };
  expect(await said('Updates', { ...there, ...webhook })).toMatchObject({
    state: 'wrong',
    text: 'they are delivered to elsewhere.example.org, not to PUBLIC_URL',
  });
  expect(await said('Updates', webhook)).toMatchObject({ text: 'UPDATES=webhook, and no webhook is set' });
});

test('a webhook that failed lately is reported; an old failure is not', async () => {
  const webhook = { UPDATES: 'webhook', PUBLIC_URL: 'https://dabir.example.org' };
  const failedAt = (seconds: number) =>
    telegramWith({
      url: 'https://dabir.example.org/telegram',
      last_error_date: Math.floor(Date.now() / 1000) - seconds,
      last_error_message: 'Connection refused',
    });
  expect(await said('Updates', { ...(await failedAt(60)), ...webhook })).toMatchObject({
    state: 'wrong',
    text: 'Telegram could not deliver lately (Connection refused)',
  });
  expect(await said('Updates', { ...(await failedAt(86_400)), ...webhook })).toMatchObject({ state: 'ok' });
});

test('many waiting updates, an outdated Bot API server and a wrong clock are reported', async () => {
  expect(await said('Updates waiting', await telegramWith({ pending_update_count: 101 }))).toMatchObject({
    state: 'wrong',
    text: '101',
  });
  expect(await said('Bot API', await telegramWith({}, { status: 404 }))).toMatchObject({ state: 'wrong' });
  const inAnHour = await telegramWith({}, { date: new Date(Date.now() + 3_600_000) });
  expect(await said('Clock and Telegram', inAnHour)).toMatchObject({
    state: 'wrong',
    text: expect.stringMatching(/^this machine is 3(599|600|601)\.\d s behind$/),
  });
  expect(await said('Clock and Telegram')).toMatchObject({ state: 'ok' });
});

test('an engine’s credit is reported, and so is a token that its service refuses', async () => {
  const eboo = await startEbooService();
  try {
    const right = { EBOO_BASE_URL: eboo.url, EBOO_TOKEN: eboo.key };
    expect(await said('Engine EBOO', right)).toMatchObject({
      state: 'ok',
      text: expect.stringMatching(/^the service takes the token; credit: \d+ s$/),
    });
    expect(await said('Engine EBOO', { ...right, EBOO_TOKEN: 'not-the-token' })).toMatchObject({
      state: 'wrong',
    });
  } finally {
    await eboo.close();
  }
});

test('a language model is reported with its place, and so are a key and a name that its server does not know', async () => {
  const server = await startLanguageModelServer(() => ({}));
  try {
    const right = { LLM_BASE_URL: server.baseUrl, LLM_API_KEY: serverKey, LLM_MODEL: serverModel };
    expect(await said('Language model', right)).toMatchObject({
      state: 'ok',
      text: `${serverModel} on this machine, context 8192 tokens`,
    });
    const wrongKey = await said('Language model', { ...right, LLM_API_KEY: 'not-the-key' });
    expect(wrongKey).toMatchObject({ state: 'wrong', advice: expect.stringContaining('LLM_API_KEY') });
    const wrongName = await said('Language model', { ...right, LLM_MODEL: 'another' });
    expect(wrongName).toMatchObject({ state: 'wrong', advice: expect.stringContaining('LLM_MODEL') });
    // Nothing was paid.
    expect(server.calls).toEqual([]);
    expect(await said('Language model')).toMatchObject({ state: 'skipped' });
  } finally {
    await server.close();
  }
});

test('LOCAL without a Python, or with a changed model file, is reported', async () => {
  const dataDir = join(folder, 'local-data');
  const model = join(dataDir, 'local', 'models', 'base');
  await mkdir(model, { recursive: true });
  await writeFile(join(model, 'config.json'), '{}');
  await writeFile(join(model, 'model.bin'), 'not the model');
  const local = { DATA_DIR: dataDir, WORKER_LOCAL: '1', LOCAL_MODEL: 'base', LOCAL_PYTHON: 'no-such-python' };
  expect(await said('LOCAL packages', local)).toMatchObject({
    state: 'wrong',
    text: expect.stringContaining('no-such-python: not found'),
  });
  expect(await said('LOCAL model', local)).toMatchObject({
    state: 'wrong',
    text: expect.stringMatching(/^base: .* does not have the hash it should have$/),
  });
  expect(await said('LOCAL model', { ...local, LOCAL_MODEL: 'small' })).toMatchObject({ state: 'skipped' });
  expect(await said('LOCAL model', { ...local, LOCAL_MODEL: '/nowhere' })).toMatchObject({ state: 'wrong' });
  const persian = join(dataDir, 'local', 'models', 'shenava-rizeh');
  await mkdir(persian);
  await writeFile(join(persian, 'model.onnx'), 'not the model');
  // Without an agreement it is not used.
  expect(await said('LOCAL languages', local)).toBeUndefined();
  expect(await said('LOCAL languages', { ...local, LOCAL_AGREED_LICENCES: 'shenava-rizeh' })).toMatchObject({
    state: 'wrong',
    text: 'fa: shenava-rizeh: model.onnx does not have the hash it should have',
  });
});

test('a port in use is reported, by another program or by a Dabir', async () => {
  const other = await serve((_request, response) => response.end('hello'));
  expect(await said('WEB_PORT', { WEB_PORT: String(other.port) })).toMatchObject({
    state: 'wrong',
    text: `another program listens on ${other.port}`,
  });
  const ours = await serve((_request, response) => response.end('ok\n'));
  expect(await said('WEB_PORT', { WEB_PORT: String(ours.port) })).toMatchObject({ state: 'ok' });
});

test('a secret that other accounts can read is reported', async () => {
  if (process.platform === 'win32') return;
  const file = join(folder, 'bot-token');
  await writeFile(file, token);
  await chmod(file, 0o644);
  const changes = { BOT_TOKEN: '', BOT_TOKEN_FILE: file };
  expect(await said('BOT_TOKEN_FILE', changes)).toMatchObject({
    state: 'wrong',
    advice: `chmod 600 ${file}`,
  });
  await chmod(file, 0o600);
  expect(await said('BOT_TOKEN_FILE', changes)).toMatchObject({ state: 'ok' });
});

describeWithRedis('the doctor and Redis', () => {
  test('a Redis that evicts keys when it is full is reported', async () => {
    const redisFolder = await mkdtemp(join(tmpdir(), 'dabir-doctor-redis-'));
    const redis = await Redis.start(redisFolder);
    try {
      const url = { REDIS_URL: redis.url };
      expect(await said('Redis', url)).toMatchObject({
        state: 'ok',
        text: expect.stringMatching(/^Redis \d/),
      });
      expect(await said('Redis policy', url)).toMatchObject({ state: 'ok' });
      const { Redis: Client } = await import('ioredis');
      const client = new Client(redis.url);
      await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
      client.disconnect();
      expect(await said('Redis policy', url)).toMatchObject({
        state: 'wrong',
        text: 'allkeys-lru: a full Redis throws wake-up calls away',
      });
    } finally {
      await redis.stop();
      await rm(redisFolder, { recursive: true, force: true });
    }
  });
});
