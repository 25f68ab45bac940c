import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type Playground, startPlayground } from 'telegram-playground';
import { keepHistory } from '../chaos/history.ts';
import { Redis } from '../chaos/redis.ts';
import { LoadBalancer } from '../support/load-balancer.ts';
import { OwnPostgres } from '../support/own-postgres.ts';
import { EngineService } from './engine-service.ts';
import { Supervised } from './supervised.ts';

/** The bots' token. */
export const token = '1000000001:drill-only-not-a-real-token-0000';

/**
 * An installation as the documentation describes it: a proxy, bots, workers, PostgreSQL, Redis, one paid
 * engine.
 */
export type Stage = {
  readonly playground: Playground;
  readonly engine: EngineService;
  readonly proxy: LoadBalancer;
  readonly postgres: OwnPostgres;
  readonly redis: Redis;
  readonly bots: readonly Supervised[];
  readonly workers: readonly Supervised[];
  /** A database connection of the drill's own; usable only while PostgreSQL is up. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
};

export type StageSettings = {
  /** An empty folder for everything that is written. */
  readonly dataDir: string;
  readonly bots: number;
  readonly workers: number;
};

/** Starts everything and resolves when all processes are ready. */
export async function openStage({ dataDir, ...counts }: StageSettings): Promise<Stage> {
  await mkdir(join(dataDir, 'redis'), { recursive: true });
  const redis = await Redis.start(join(dataDir, 'redis'));
  const postgres = await OwnPostgres.start();
  const pool = new pg.Pool({ connectionString: postgres.url, max: 3 });
  pool.on('error', () => undefined);
  await keepHistory(pool);
  const playground = await startPlayground({
    dataDir: join(dataDir, 'playground'),
    host: '127.0.0.1',
    port: 0,
    token,
  });
  const [engine, proxy] = [await EngineService.open(), await LoadBalancer.open()];
  const env = {
    BOT_TOKEN: token,
    TELEGRAM_API_ROOT: playground.apiRoot,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    DATA_DIR: dataDir,
    UPDATES: 'webhook',
    PUBLIC_URL: proxy.url,
    OPENAI_API_KEY: 'sk-drill-0000000000000000',
    OPENAI_BASE_URL: engine.url,
    WORKER_LOCAL: '0',
    // The crowd picks an engine under each file.
    BURST_SECONDS: '0',
    // Few slots, so that every worker is needed and a deaf one is missed.
    WORKER_REMOTE: '2',
    LOG_LEVEL: 'info',
  };
  const start = (role: 'bot' | 'worker', count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        Supervised.start(
          `${role} ${index + 1}`,
          role === 'bot' ? 'src/main.ts' : 'worker/main.ts',
          env,
          role === 'bot' ? 'WEB_PORT' : 'WORKER_WEB_PORT',
          join(dataDir, 'fleet.log'),
        ),
      ),
    );
  const [bots, workers] = [await start('bot', counts.bots), await start('worker', counts.workers)];
  for (const { port } of bots) proxy.targets.add(port);
  const abandon = () => {
    for (const member of [...bots, ...workers]) member.abandon();
  };
  process.once('exit', abandon);
  return {
    playground,
    engine,
    proxy,
    postgres,
    redis,
    bots,
    workers,
    pool,
    async close() {
      await Promise.all([...bots, ...workers].map((member) => member.stop()));
      process.off('exit', abandon);
      await pool.end();
      await proxy.close();
      await engine.close();
      await playground.close();
      await redis.stop();
      await postgres.remove();
    },
  };
}
