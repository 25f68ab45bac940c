import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/**
 * Declares a suite that needs a Redis of its own. Without redis-server the suite is skipped with a name that
 * says so, or fails where nothing may be skipped (DABIR_REQUIRE_ALL).
 */
export function describeWithRedis(name: string, tests: () => void): void {
  if (!usesRedis()) describe.skip(`${name} (skipped: no redis-server found)`, tests);
  else describe(name, tests);
}

/** Returns true where tests use Redis: redis-server is installed, or nothing may be missing. */
export function usesRedis(): boolean {
  return (
    spawnSync('redis-server', ['--version']).error === undefined || Boolean(process.env['DABIR_REQUIRE_ALL'])
  );
}
