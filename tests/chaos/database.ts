import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { EmbeddedPostgres } from '../../src/embedded/postgres.ts';
import { startMigratedPostgres } from '../support/migrated-postgres.ts';

/** A PostgreSQL of the run's own, which can be crashed; the driver queries it through `pool`. */
export class Database {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly #server: EmbeddedPostgres;
  readonly #dataDir: string;

  private constructor(server: EmbeddedPostgres, dataDir: string) {
    this.url = server.url;
    this.#server = server;
    this.#dataDir = dataDir;
    this.pool = new pg.Pool({ connectionString: server.url, max: 4 });
    this.pool.on('error', () => undefined);
  }

  /** Starts a new, migrated server in this folder. */
  static async start(dataDir: string): Promise<Database> {
    return new Database(await startMigratedPostgres(dataDir), dataDir);
  }

  /**
   * Kills one backend; PostgreSQL then drops all connections and recovers from its log, as after a
   * power cut.
   */
  async crash(): Promise<void> {
    const lockFile = await readFile(join(this.#dataDir, 'postgres', 'postmaster.pid'), 'utf8');
    const postmaster = Number(lockFile.split('\n')[0]);
    const victim = new pg.Client({ connectionString: this.url });
    victim.on('error', () => undefined);
    try {
      await victim.connect();
      const { rows } = await victim.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      if (rows[0] !== undefined && rows[0].pid !== postmaster) process.kill(rows[0].pid, 'SIGKILL');
    } catch {
      // It is still recovering from the last blow.
    } finally {
      await victim.end().catch(() => undefined);
    }
  }

  async stop(): Promise<void> {
    await this.pool.end();
    await this.#server.stop();
  }
}
