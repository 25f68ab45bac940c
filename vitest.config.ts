import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The test files that take longest, in the order in which they start: one that starts last would run alone. */
const longest = [
  'tests/chaos/chaos.test.ts',
  'tests/benchmarks/benches.test.ts',
  'tests/media/through-the-flow.test.ts',
  'tests/bot/telegram-faults.test.ts',
  'tests/flow/local.test.ts',
  'tests/bot/engine.test.ts',
  'tests/benchmarks/local.test.ts',
  'tests/flow/start.test.ts',
  'tests/operations/rolling-restart.test.ts',
  'tests/media/mutations.test.ts',
  'tests/drill/drill.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((name) => moduleId.endsWith(name));
      return index < 0 ? longest.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    setupFiles: ['tests/support/reset-after-failure.ts'],
    // Real databases, models and browsers on small machines: generous, since no test is about time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Half of the tests' time is waiting, for a lease to lapse or a call to hang: three files at once also on two cores.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    reporters: [['default', { summary: false }]],
  },
});
