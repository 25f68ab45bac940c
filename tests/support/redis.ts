import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/**
 * Declares a suite that needs a Redis of its own. Without redis-server the suite is skipped with a name that
 * says so, or fails where nothing may be skipped (DABIR_REQUIRE_ALL).
 */
export function describeWithRedis(name: string, tests: () => void): void {
  const missing =
    spawnSync('redis-server', ['--version']).error !== undefined && !process.env['DABIR_REQUIRE_ALL'];
  if (missing) describe.skip(`${name} (skipped: no redis-server found)`, tests);
  else describe(name, tests);
}
