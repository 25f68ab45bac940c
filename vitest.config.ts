import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The test files that take longest, in the order in which they start: one that starts last would run alone. The first one
 * with the LOCAL engine sets it up on a new machine, for a minute in which the others would only wait.
 */
const longest = [
  'tests/chaos/chaos.test.ts',
  'tests/benchmarks/benches.test.ts',
  'tests/media/through-the-flow.test.ts',
  'tests/media/mutations.test.ts',
  'tests/standalone/start.test.ts',
  'tests/drill/drill.test.ts',
  'tests/standalone/local.test.ts',
  'tests/benchmarks/local.test.ts',
  'tests/engines/speaker-finder.test.ts',
  'tests/engines/local-end-to-end.test.ts',
  'tests/faults/rolling-restart.test.ts',
  // In shared processes.
  'tests/bot/telegram-faults.test.ts',
  'tests/features/bursts/chat.test.ts',
  'tests/bot/engine.test.ts',
  'tests/faults/deploy.test.ts',
  'tests/faults/killed-worker.test.ts',
  'tests/faults/wrong-clock.test.ts',
  'tests/faults/redis.test.ts',
  'tests/store/lane-model/lane-model.test.ts',
  'tests/media/formats.test.ts',
  'tests/faults/postgres-restart.test.ts',
  'tests/faults/starved-postgres.test.ts',
  'tests/web/smuggling.test.ts',
  'tests/queue/lost-token.test.ts',
];

/**
 * Test files that share processes, one file after the other. A process of its own costs a file 0.8 s of a core, most of
 * it for loading Dabir.
 */
const sharing = [
  'tests/{admin,app,bot,documents,domain,embedded,faults,features,lib,queue,runtime}/**/*.test.ts',
  'tests/{store,support,telegram,texts,web,worker}/**/*.test.ts',
  'tests/{repository,playground}/*.test.ts',
  'tests/benchmarks/{accuracy,compare,diarisation-error}.test.ts',
  'tests/deploy/{compose,dashboards,deployment}.test.ts',
  'tests/engines/{elevenlabs,openai,parse-srt,read-response,registry,scribe,vira}.test.ts',
  'tests/engines/local-{model,model-changes,own-models,protocol,segment-collector,whisper-model}.test.ts',
  'tests/media/{channels-and-links,cut,downloads,find-ffmpeg,formats}.test.ts',
  'tests/scripts/{check-names,licences,pin-images}.test.ts',
  'tests/standalone/engine-lines.test.ts',
  'packages/*/tests/**/*.test.ts',
];

/** Of these, files that change their process (its clock, output or environment), or measure its delays or memory. */
const alone = [
  'tests/admin/now.test.ts',
  'tests/app/{retry-database,run/circuit,monitoring/*}.test.ts',
  'tests/bot/{flood*,forged,intake}.test.ts',
  'tests/domain/large-inputs.test.ts',
  'tests/faults/rolling-restart.test.ts',
  'tests/features/{corrections/large-transcripts,links/yt-dlp}.test.ts',
  'tests/runtime/{config,error-stacks,logs,redaction}.test.ts',
  'tests/web/malformed.test.ts',
  'tests/worker/prober.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((name) => moduleId.endsWith(name));
      return index < 0 ? longest.length : index;
    };
    // Those with a process of their own come first, because a process ends when the next file cannot share it.
    const group = ({ project }: TestSpecification) => (project.config.isolate ? 0 : 1);
    return (await super.sort(files)).toSorted(
      (one, other) => group(one) - group(other) || place(one) - place(other),
    );
  }
}

/** Half of the tests' time is waiting, for a lease to lapse or a call to hang: four files at once also on two cores. */
const maxWorkers = Math.max(4, availableParallelism());

const common = {
  setupFiles: ['tests/support/reset-after-failure.ts'],
  // Real databases, models and browsers on small machines: generous, since no test is about time.
  testTimeout: 60_000,
  hookTimeout: 120_000,
  pool: 'forks' as const,
  maxWorkers,
};

export default defineConfig({
  test: {
    maxWorkers,
    globalSetup: ['tests/support/global-setup.ts'],
    sequence: { sequencer: LongestFirst },
    reporters: [['default', { summary: false }]],
    projects: [
      {
        test: {
          ...common,
          name: 'own process',
          include: ['tests/**/*.test.ts'],
          exclude: sharing,
        },
      },
      { test: { ...common, name: 'alone', include: alone } },
      { test: { ...common, name: 'shared process', include: sharing, exclude: alone, isolate: false } },
    ],
  },
});
