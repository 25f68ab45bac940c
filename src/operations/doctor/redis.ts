import { type RedisState, readRedisState } from '../../queue/redis-state.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { type Finding, ok, reasonOf, skipped, wrong } from './finding.ts';

/** Minimum version for BullMQ. */
const oldestVersion = [6, 2] as const;

/** Checks Redis: its version, and its behaviour when memory is full. */
export async function checkRedis({ REDIS_URL: url }: Config): Promise<Finding[]> {
  if (url === null) return [skipped('Redis', 'REDIS_URL is not set: PostgreSQL carries the wake-up calls')];
  try {
    return redisFindings(await readRedisState(url));
  } catch (error) {
    const advice = 'start Redis, and compare REDIS_URL with its address, user and password';
    return [wrong('Redis', `it does not answer (${reasonOf(error)})`, advice)];
  }
}

/** Turns the server's state into findings. */
export function redisFindings({ version, policy }: RedisState): Finding[] {
  return [versionFinding(version), policyFinding(policy)];
}

function versionFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > oldestVersion[0] || (major === oldestVersion[0] && minor >= oldestVersion[1]);
  return isNewEnough
    ? ok('Redis', `Redis ${version}`)
    : wrong('Redis', `Redis ${version}`, `upgrade Redis to ${oldestVersion.join('.')} or newer`);
}

function policyFinding(policy: string): Finding {
  return policy === 'noeviction'
    ? ok('Redis policy', policy)
    : wrong(
        'Redis policy',
        `${policy}: a full Redis throws wake-up calls away`,
        'redis-cli config set maxmemory-policy noeviction, and the same in redis.conf',
      );
}
