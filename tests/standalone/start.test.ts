import { chmod, readdir, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { startPlayground } from 'telegram-playground';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { StartedDabir, temporaryDataDir } from '../support/started-dabir.ts';

/** Without Python the start is the same, and faster. */
const withoutEngine = { LOCAL_PYTHON: 'no-such-python' };

let data: Awaited<ReturnType<typeof temporaryDataDir>>;
/** What runs now; tests that need no start of their own take it over from the one before. */
let running: StartedDabir | undefined;

beforeAll(async () => {
  data = await temporaryDataDir();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await stop();
});
afterAll(async () => {
  await stop();
  await data.remove();
});

/** Starts Dabir. */
async function start(): Promise<StartedDabir> {
  await stop();
  running = await StartedDabir.start(data.path, withoutEngine);
  return running;
}

/** Returns the Dabir that runs; starts one if none does. */
async function started(): Promise<StartedDabir> {
  return running?.process.exitCode === null && running.process.signalCode === null ? running : start();
}

async function stop(): Promise<void> {
  await running?.stop();
  running = undefined;
}

/** Starts Dabir in a way that must fail; returns its last output and exit code. */
async function fails(
  env: Record<string, string>,
  dataDir = data.path,
): Promise<{ words: string; code: number | null }> {
  const dabir = StartedDabir.launch(dataDir, { ...withoutEngine, ...env });
  const code = await dabir.ended();
  return { words: dabir.output.trim(), code };
}

async function portInUse(): Promise<{ port: string; server: Server }> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { port: String((server.address() as { port: number }).port), server };
}

describe('npm start', () => {
  test('npm start prints the link, what runs, and what is missing', async () => {
    const dabir = await start();
    expect((await fetch(dabir.url)).status).toBe(200);
    await dabir.says(/LOCAL is not available: it needs Python 3\.9 or newer/);
    expect(dabir.output).toContain('embedded PostgreSQL');
    expect(dabir.output).toContain('set BOT_TOKEN');
  });

  test('npm start leaves nothing that breaks the next start when it is killed', async () => {
    const dabir = await started();
    await dabir.stop('SIGKILL');
    const again = await start();
    expect((await fetch(again.url)).status).toBe(200);
  });

  test('npm start is not stopped half-way by a closed terminal', async () => {
    const dabir = await started();
    dabir.process.stdout?.destroy();
    dabir.process.stderr?.destroy();
    expect(await dabir.stop('SIGHUP')).toBe(0);
    await expect(dabir.query('SELECT 1')).rejects.toThrow();
  });

  test.skipIf(process.platform === 'win32')(
    'npm start makes its data readable by its own account only, also what an earlier version left open',
    async () => {
      const mode = async (path: string) => ((await stat(join(data.path, path))).mode & 0o777).toString(8);
      await stop();
      for (const path of ['playground', 'dabir.log', 'postgres.log', 'playground/journal.jsonl']) {
        await chmod(join(data.path, path), 0o755);
      }
      await start();
      for (const path of await readdir(data.path)) {
        // PostgreSQL may run as another account; the LOCAL engine's files are public.
        if (path === 'local') continue;
        const isFolder = (await stat(join(data.path, path))).isDirectory();
        expect(await mode(path), path).toBe(isFolder ? '700' : '600');
      }
      expect(await mode('playground/journal.jsonl')).toBe('600');
      expect(await mode('playground/files')).toBe('700');
    },
  );

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'npm start ends everything on %s, and the next start finds it in order',
    async (signal) => {
      const dabir = await started();
      const [server] = await dabir.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      expect(server?.pid).toBeGreaterThan(0);
      expect(await dabir.stop(signal)).toBe(0);
      await expect(dabir.query('SELECT 1')).rejects.toThrow();
      await expect(fetch(dabir.url)).rejects.toThrow();
    },
  );
});

describe('a start that fails explains it in one sentence:', () => {
  const noStackTrace = /^\s+at .+:\d+/m;

  test('a start that fails explains in one sentence: a second start with the same data folder', async () => {
    const dabir = await started();
    const { words, code } = await fails({});
    expect(words).toContain('Dabir already runs with the data folder');
    expect(words).toContain(dabir.url);
    expect(words).not.toMatch(noStackTrace);
    expect(code).toBe(1);
    // The next tests start in the same folder.
    await stop();
  });

  test('a start that fails explains in one sentence: a port in use', async () => {
    const { port, server } = await portInUse();
    const playground = await fails({ PLAYGROUND_PORT: port });
    expect(playground.words).toMatch(/Port \d+ on 127\.0\.0\.1 is in use.*PLAYGROUND_PORT/);
    const web = await fails({ WEB_PORT: port });
    expect(web.words).toMatch(/port \d+ on 127\.0\.0\.1 is in use; set WEB_PORT/);
    expect(web.words + playground.words).not.toMatch(noStackTrace);
    server.close();
  });

  test('a start that fails explains in one sentence: a data folder that cannot be written', async () => {
    const { words, code } = await fails({}, process.execPath);
    expect(words).toMatch(/The data folder .+ cannot be written/);
    expect(words).not.toMatch(noStackTrace);
    expect(code).toBe(1);
  });

  test('a start that fails explains in one sentence: a database or a Redis that does not answer; the password is not repeated', async () => {
    const { port, server } = await portInUse();
    server.close();
    const database = await fails({
      DATABASE_URL: `postgresql://dabir:hunter2secret@127.0.0.1:${port}/dabir`,
    });
    expect(database.words).toContain('PostgreSQL at DATABASE_URL does not answer');
    const redis = await fails({ REDIS_URL: `redis://:hunter2secret@127.0.0.1:${port}` });
    expect(redis.words).toContain('Redis at REDIS_URL does not answer');
    expect(database.words + redis.words).not.toContain('hunter2secret');
    expect(database.words + redis.words).not.toMatch(noStackTrace);
  });

  test('a start that fails explains in one sentence: a wrong BOT_TOKEN', async () => {
    const other = await temporaryDataDir();
    const telegram = await startPlayground({
      dataDir: other.path,
      host: '127.0.0.1',
      port: 0,
      token: '1:the-right-token-of-somebody',
    });
    const { words, code } = await fails({
      BOT_TOKEN: '1:a-wrong-token-that-looks-right',
      TELEGRAM_API_ROOT: telegram.apiRoot,
    });
    expect(words).toContain('Telegram does not know this BOT_TOKEN');
    expect(words).not.toContain('a-wrong-token');
    expect(words).not.toMatch(noStackTrace);
    expect(code).toBe(1);
    await telegram.close();
    await other.remove();
  });

  test('a start that fails explains in one sentence: a configuration with mistakes, all of which are listed', async () => {
    const { words, code } = await fails({ WORKER_LOCAL: 'many', TIME_ZONE: 'Mars', LOG_LEVEL: 'loud' });
    for (const name of ['WORKER_LOCAL', 'TIME_ZONE', 'LOG_LEVEL']) expect(words).toContain(name);
    expect(code).toBe(1);
  });
});
