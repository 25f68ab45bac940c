import { spawn } from 'node:child_process';
import { chmod, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgresBinaries } from '../../src/embedded/binaries.ts';
import { chooseLaunch } from '../../src/embedded/launch.ts';
import type { EmbeddedPostgres } from '../../src/embedded/postgres.ts';
import { startMigratedPostgres } from './migrated-postgres.ts';

/**
 * `fast` drops all connections and writes a checkpoint; `immediate` is a crash, and the next start recovers
 * from the log.
 */
export type RestartMode = 'fast' | 'immediate';

/** A migrated PostgreSQL that is restarted as its operator would do it, with pg_ctl. It keeps its port. */
export class RestartedPostgres {
  readonly url: string;
  readonly #dataDir: string;
  readonly #server: EmbeddedPostgres;

  private constructor(dataDir: string, server: EmbeddedPostgres) {
    this.#dataDir = dataDir;
    this.#server = server;
    this.url = server.url;
  }

  /** Starts one with its files in a new temporary folder. */
  static async start(): Promise<RestartedPostgres> {
    const dataDir = await mkdtemp(join(tmpdir(), 'dabir-restarted-'));
    // As root, PostgreSQL runs as another account, which needs access to the folder.
    await chmod(dataDir, 0o755);
    return new RestartedPostgres(dataDir, await startMigratedPostgres(dataDir));
  }

  /**
   * Restarts the server. Resolves when it accepts connections again, to the time that took, in ms.
   * @param awayMs downtime in between, in ms
   */
  async restart(mode: RestartMode, awayMs = 0): Promise<number> {
    const begunAt = performance.now();
    await this.#pgCtl('stop', '-m', mode, '-t', '30');
    await sleep(awayMs);
    // pg_ctl uses the options of the last start; it reports that no server ran, and starts one.
    await this.#pgCtl('restart', '-t', '60');
    return performance.now() - begunAt;
  }

  /** Stops it and removes its files. */
  async remove(): Promise<void> {
    await this.#server.stop();
    await rm(this.#dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  async #pgCtl(command: string, ...parameters: readonly string[]): Promise<void> {
    const { postgres, pg_ctl } = await findPostgresBinaries();
    const launch = await chooseLaunch([dirname(postgres), this.#dataDir]);
    const data = join(this.#dataDir, 'postgres');
    const {
      program,
      parameters: given,
      options,
    } = launch.command(pg_ctl, [command, '-D', data, '-w', '-s', ...parameters]);
    // The new server writes to the same output as pg_ctl.
    const log = await open(join(this.#dataDir, 'postgres.log'), 'a');
    const child = spawn(program, given, { ...options, windowsHide: true, stdio: ['ignore', log.fd, log.fd] });
    // Registered now, since it may end before the log is closed here.
    const ended = new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`pg_ctl ${command} ended with ${code}`)),
      );
    });
    await Promise.all([ended, log.close()]);
  }
}
