import { Redis } from 'ioredis';

/** State of a Redis server, for the `doctor` command. */
export type RedisState = {
  readonly version: string;
  /** What it does when its memory is full (`maxmemory-policy`). */
  readonly policy: string;
};

/**
 * Asks a Redis server once, without retries.
 * @throws Error of the first failure
 */
export async function readRedisState(redisUrl: string): Promise<RedisState> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: 5_000,
    commandTimeout: 5_000,
  });
  let reason: Error | undefined;
  redis.on('error', (error) => {
    reason = error;
  });
  try {
    await redis.connect();
    const info = await redis.info();
    return { version: field(info, 'redis_version'), policy: field(info, 'maxmemory_policy') };
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

function field(info: string, name: string): string {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? 'unknown';
}
