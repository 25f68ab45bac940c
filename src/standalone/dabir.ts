import type { WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataFolder } from '../embedded/data-folder.ts';
import type { Config } from '../runtime/config-schema.ts';
import { type ChildEvents, startChild } from './children.ts';
import { nodeOptions } from './node-options.ts';

/** A complete Dabir on one machine. */
export type Standalone = {
  /** URL of the chat page; null in Telegram. */
  readonly playgroundUrl: string | null;
  readonly databaseUrl: string;
  readonly logFile: string;
  /** Ends everything in order: roles, playground, database. Takes at most 10 s. */
  stop(): Promise<void>;
};

/** A bot token in the playground's format; it is valid nowhere else. */
const playgroundToken = '1000000001:playground-only-not-a-real-token-0';

/** Time in which roles requeue their jobs, in ms; with the following steps, a stop stays below 10 s. */
const graceMs = 7_000;

/** A log larger than this is truncated at a start, in bytes. */
const maxLogBytes = 20_000_000;

/**
 * Starts what is not configured (PostgreSQL, the playground) and migrates, while both roles load as child processes;
 * then lets them begin. Modules for the database and the playground load after the roles' processes were started.
 * @param env environment that the roles inherit
 * @throws Error in one sentence; everything that was already started has been stopped
 */
export async function startDabir(
  config: Config,
  env: Readonly<Record<string, string | undefined>>,
  events: ChildEvents,
): Promise<Standalone> {
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).toReversed()) await close().catch(() => undefined);
  };
  try {
    const folder = await openDataFolder(config.DATA_DIR);
    closers.push(() => folder.close());
    const logFile = join(folder.path, 'dabir.log');
    const log = await openLog(logFile);
    closers.push(() => new Promise((resolve) => log.end(resolve)));
    // glibc otherwise opens up to eight arenas per core, and memory that one thread frees stays in its arena.
    const childEnv = { ...env, MALLOC_ARENA_MAX: env['MALLOC_ARENA_MAX'] ?? '2' };
    const roles = [
      startChild(
        { name: 'bot', script: '../main.ts', env: childEnv, nodeOptions: nodeOptions.bot },
        log,
        events,
      ),
      startChild(
        { name: 'worker', script: '../../worker/main.ts', env: childEnv, nodeOptions: nodeOptions.worker },
        log,
        events,
      ),
    ];
    const stopRoles = () => Promise.all(roles.map((role) => role.stop(graceMs)));
    // The roles end first: they use the parts that are closed after them.
    const others: (() => Promise<unknown>)[] = [];
    closers.push(() => Promise.all(others.map((close) => close())), stopRoles);

    const [databaseUrl, playground] = await allOf([
      prepareDatabase(config, folder.path, others),
      config.BOT_TOKEN === null ? openPlayground(config, folder.path, others) : null,
    ]);
    const variables = {
      ...playground?.variables,
      DATABASE_URL: databaseUrl,
      DATABASE_URL_FILE: '',
      DATA_DIR: folder.path,
      // After Ctrl+C the process should end at once; the next start continues the files.
      SHUTDOWN_GRACE_SECONDS: '0',
    };
    await Promise.all(roles.map((role) => role.begin(variables)));
    const playgroundUrl = playground?.url ?? null;
    folder.announce(playgroundUrl ?? 'in Telegram');
    return { playgroundUrl, databaseUrl, logFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for all, also when one fails, so that everything that was started can be stopped. @throws the first failure */
async function allOf<T extends readonly unknown[]>(
  works: T,
): Promise<{ [Index in keyof T]: Awaited<T[Index]> }> {
  await Promise.allSettled(works);
  return Promise.all(works) as Promise<{ [Index in keyof T]: Awaited<T[Index]> }>;
}

/** Starts the database unless it is configured, and migrates it. Resolves to its URL. */
async function prepareDatabase(
  { DATABASE_URL: configured, REDIS_URL: redisUrl }: Config,
  dataDir: string,
  closers: (() => Promise<unknown>)[],
): Promise<string> {
  const loading = import('../store/migrate.ts');
  const url = configured ?? (await startPostgres(dataDir, closers));
  if (configured !== null || redisUrl !== null) {
    const { checkServices } = await import('./checks.ts');
    await checkServices(url, redisUrl);
  }
  const { migrate } = await loading;
  await migrate(url);
  return url;
}

async function startPostgres(dataDir: string, closers: (() => Promise<unknown>)[]): Promise<string> {
  const { startEmbeddedPostgres } = await import('../embedded/postgres.ts');
  const postgres = await startEmbeddedPostgres(dataDir);
  closers.push(() => postgres.stop());
  return postgres.socketUrl;
}

/** Opens the log for this account only, and restricts a log that an earlier version made readable for all. */
async function openLog(path: string): Promise<WriteStream> {
  const file = await open(path, 'a', 0o600);
  await file.chmod(0o600);
  if ((await file.stat()).size > maxLogBytes) await file.truncate();
  return file.createWriteStream();
}

/** Starts the playground. Resolves to the URL of its page, and to the variables with which the roles use it. */
async function openPlayground(
  { PLAYGROUND_HOST: host, PLAYGROUND_PORT: port, ADMIN_IDS: admins }: Config,
  dataDir: string,
  closers: (() => Promise<unknown>)[],
) {
  // PostgreSQL starts while this loads.
  const telegram = await import('telegram-playground');
  try {
    const playground = await telegram.startPlayground({
      dataDir: join(dataDir, 'playground'),
      host,
      port,
      token: playgroundToken,
    });
    closers.push(() => playground.close());
    return {
      url: playground.url,
      variables: {
        BOT_TOKEN: playground.token,
        TELEGRAM_API_ROOT: playground.apiRoot,
        TELEGRAM_DOWNLOAD_LIMIT_MB: '20',
        TELEGRAM_LIMITS: 'off',
        // The user of this machine operates it, so the first person of each language is an admin.
        ...(admins.size === 0 && { ADMIN_IDS: telegram.firstPersonIds.join() }),
      },
    };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new Error(
      `Port ${port} on ${host} is in use by another program; set PLAYGROUND_PORT to a free one (0 picks one).`,
      { cause },
    );
  }
}
