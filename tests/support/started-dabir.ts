import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { localEngineFolder } from './local-engine-folder.ts';
import { until } from './until.ts';

/** Maximum time for a line of the output, in ms: a first start sets up the LOCAL engine. */
const maxWaitMs = 280_000;

/** `npm start` as a user runs it: a process of its own, in a data folder of its own. */
export class StartedDabir {
  readonly dataDir: string;
  readonly process: ChildProcess;
  output = '';

  private constructor(dataDir: string, env: Record<string, string>) {
    this.dataDir = dataDir;
    this.process = spawn(
      process.execPath,
      [fileURLToPath(new URL('../../src/standalone.ts', import.meta.url))],
      {
        env: {
          ...process.env,
          // Neither this machine's own configuration nor fixed ports.
          BOT_TOKEN: '',
          DATABASE_URL: '',
          REDIS_URL: '',
          PLAYGROUND_PORT: '0',
          WEB_PORT: '0',
          // The model in the shared folder, regardless of this machine's default.
          LOCAL_MODEL: 'base',
          DATA_DIR: dataDir,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.output += chunk;
      });
    }
  }

  /**
   * Starts and waits for the summary; the LOCAL engine is shared between tests, so that it is set up once.
   */
  static async start(dataDir: string, env: Record<string, string> = {}): Promise<StartedDabir> {
    const dabir = StartedDabir.launch(dataDir, env);
    await dabir.says(/is ready \(\d/);
    return dabir;
  }

  /** Starts without waiting. */
  static launch(dataDir: string, env: Record<string, string> = {}): StartedDabir {
    return new StartedDabir(dataDir, env);
  }

  /** The chat page's URL. */
  get url(): string {
    return /http:\/\/127\.0\.0\.1:\d+/.exec(this.output)?.[0] ?? '';
  }

  /**
   * Waits until the output matches.
   * @throws Error when the process ends before, or after 280 s
   */
  async says(pattern: RegExp): Promise<void> {
    await until(
      () => {
        if (pattern.test(this.output)) return true;
        if (this.process.exitCode !== null)
          throw new Error(`it ended with ${this.process.exitCode}:\n${this.output}`);
        return false;
      },
      () => `${pattern} in the output:\n${this.output}`,
      maxWaitMs,
    );
  }

  /** Resolves with the exit code. */
  async ended(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    return this.process.exitCode;
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.process.kill(signal);
    return this.ended();
  }

  /** Runs a query on its own database. */
  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const password = (await readFile(join(this.dataDir, 'postgres-password'), 'utf8')).trim();
    const port = (await readFile(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[3];
    const client = new pg.Client({
      connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    });
    await client.connect();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }
}

/**
 * Creates a data folder for one test file; `withLocalEngine` shares the engine that other tests have set up.
 */
export async function temporaryDataDir({ withLocalEngine = false } = {}): Promise<{
  path: string;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'dabir-flow-'));
  // As root, PostgreSQL runs as another account, which needs access to the folder.
  await chmod(path, 0o755);
  if (withLocalEngine) {
    const engine = join(localEngineFolder(), 'local');
    await mkdir(engine, { recursive: true });
    // A junction needs no privileges on Windows; the type has no effect elsewhere.
    await symlink(engine, join(path, 'local'), 'junction');
  }
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
