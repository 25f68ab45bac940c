import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    // Real databases, models and browsers on small machines: generous, since no test is about time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Half of the tests' time is waiting, for a lease to lapse or a call to hang: two files at once also on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: [['default', { summary: false }]],
  },
});
