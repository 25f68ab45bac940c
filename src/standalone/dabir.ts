import type { WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { firstPersonId, startPlayground } from 'telegram-playground';
import { openDataFolder } from '../embedded/data-folder.ts';
import { startEmbeddedPostgres } from '../embedded/postgres.ts';
import type { Config } from '../runtime/config-schema.ts';
import { migrate } from '../store/migrate.ts';
import { checkServices } from './checks.ts';
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
 * Starts what is not configured (PostgreSQL, the playground), migrates, then starts both roles as child
 * processes.
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

    let databaseUrl = config.DATABASE_URL;
    if (databaseUrl === null) {
      const postgres = await startEmbeddedPostgres(folder.path);
      closers.push(() => postgres.stop());
      databaseUrl = postgres.url;
    }
    await checkServices(databaseUrl, config.REDIS_URL);
    await migrate(databaseUrl);

    let chat: Record<string, string> = {};
    let playgroundUrl: string | null = null;
    if (config.BOT_TOKEN === null) {
      const playground = await openPlayground(config, folder.path);
      closers.push(() => playground.close());
      playgroundUrl = playground.url;
      chat = {
        BOT_TOKEN: playground.token,
        TELEGRAM_API_ROOT: playground.apiRoot,
        TELEGRAM_DOWNLOAD_LIMIT_MB: '20',
        TELEGRAM_LIMITS: 'off',
        // The user of this machine operates it, so the first user of the playground is an admin.
        ...(config.ADMIN_IDS.size === 0 && { ADMIN_IDS: String(firstPersonId) }),
      };
    }

    const logFile = join(folder.path, 'dabir.log');
    const log = await openLog(logFile);
    closers.push(() => new Promise((resolve) => log.end(resolve)));

    const childEnv = {
      ...env,
      ...chat,
      DATABASE_URL: databaseUrl,
      DATABASE_URL_FILE: '',
      DATA_DIR: folder.path,
      // glibc otherwise opens up to eight arenas per core, and memory that one thread frees stays in its arena.
      MALLOC_ARENA_MAX: env['MALLOC_ARENA_MAX'] ?? '2',
      // After Ctrl+C the process should end at once; the next start continues the files.
      SHUTDOWN_GRACE_SECONDS: '0',
    };
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
    closers.push(() => Promise.all(roles.map((role) => role.stop(graceMs))));
    await Promise.all(roles.map((role) => role.ready));
    folder.announce(playgroundUrl ?? 'in Telegram');
    return { playgroundUrl, databaseUrl, logFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Opens the log for this account only, and restricts a log that an earlier version made readable for all. */
async function openLog(path: string): Promise<WriteStream> {
  const file = await open(path, 'a', 0o600);
  await file.chmod(0o600);
  if ((await file.stat()).size > maxLogBytes) await file.truncate();
  return file.createWriteStream();
}

async function openPlayground({ PLAYGROUND_HOST: host, PLAYGROUND_PORT: port }: Config, dataDir: string) {
  try {
    return await startPlayground({
      dataDir: join(dataDir, 'playground'),
      host,
      port,
      token: playgroundToken,
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new Error(
      `Port ${port} on ${host} is in use by another program; set PLAYGROUND_PORT to a free one (0 picks one).`,
      { cause },
    );
  }
}
