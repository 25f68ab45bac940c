import type { Logger } from 'pino';
import { removeAbandonedWorkFolders } from '../src/app/work-folder.ts';
import { startDueWork } from '../src/compose/due-work.ts';
import { startHeartbeat } from '../src/compose/heartbeat.ts';
import { type Shared, wireShared } from '../src/compose/shared.ts';
import { startWatching } from '../src/compose/standstill-watch.ts';
import { type JobWiring, wireJob, wireOutbox, wireWorker } from '../src/compose/worker.ts';
import type { Engine } from '../src/domain/engine.ts';
import type { EngineId } from '../src/domain/engine-names.ts';
import { type LinkRules, publicWeb } from '../src/features/links/index.ts';
import type { RoleConfig } from '../src/runtime/config.ts';
import { createPeriodicWork } from '../src/runtime/periodic-work.ts';
import type { RunningRole } from '../src/runtime/role.ts';
import type { Checks } from '../src/web/health.ts';
import { modelWork } from './models.ts';
import { myDataWork, startRetention } from './my-data.ts';
import { pauseWork } from './pauses.ts';
import { startProber } from './prober.ts';
import { startProcessor } from './processor.ts';
import { startReporter } from './reporter.ts';
import { startStallWatch } from './stall-watch.ts';
import { startPruning, sweeps } from './sweeper.ts';
import { testWork } from './tester.ts';

/** Pause between two rounds that fold the changes of the queue's depth, in ms. */
const foldIntervalMs = 10_000;

export type WorkerOptions = {
  /** Dependencies and delays that replace the usual ones. */
  readonly replacements?: Partial<JobWiring>;
  /** Where links may lead. */
  readonly linkRules?: LinkRules;
  /** Intervals of periodic work in place of the usual ones, by name, in ms. */
  readonly intervals?: Readonly<Record<string, number>>;
};

/**
 * Starts a worker with its engines on a migrated database. It takes transcriptions as soon as their engine is ready.
 */
export function startWorker(
  config: RoleConfig,
  engines: readonly Engine[],
  log: Logger,
  { replacements = {}, linkRules = publicWeb, intervals }: WorkerOptions = {},
): RunningRole & { readonly shared: Shared; readonly checks: Checks } {
  const slots = { local: config.WORKER_LOCAL, remote: config.WORKER_REMOTE };
  const used = engines.filter(({ profile }) => slots[profile.kind] > 0);
  const shared = wireShared(config, log);
  const wired = wireWorker(config, shared, used, linkRules);
  for (const engine of used) engine.prepare();
  void removeAbandonedWorkFolders().catch(() => undefined);
  const wiring = { ...wired.job, ...replacements };
  const outbox = wireOutbox(wiring);
  const graceMs = config.SHUTDOWN_GRACE_SECONDS * 1000;
  const processor = startProcessor(
    { backend: shared.backend, slots, engines: used, graceMs },
    wireJob(wiring, outbox),
  );
  const broken = Promise.withResolvers<string>();
  const checkTokenBackend = () => shared.backend.check();
  const stallWatch = startStallWatch({ ...wiring, checkTokenBackend }, processor.intakes, broken.resolve);
  const credits = new Map<EngineId, string | null>();
  const myData = { ...shared, ...wiring, ...wired.myData, voiceprints: shared.voiceprints };
  const periodic = createPeriodicWork(log, intervals);
  startDueWork(periodic, shared, {
    'paused engines': pauseWork(shared.pauses, processor),
    'wanted models': modelWork(shared.modelWishes, used),
    'engine tests': testWork(wiring, shared.engineTests, processor.engines),
    ...sweeps(wiring, outbox),
    ...myDataWork(myData),
  });
  periodic.every('queue depth', foldIntervalMs, shared.overview.foldDepth);
  startReporter(periodic, shared, processor.engines, credits, processor.circuits);
  startHeartbeat(periodic, shared, 'worker');
  startWatching(periodic, shared);
  startPruning(periodic, wiring);
  startRetention(periodic, myData);
  startProber(periodic, used, log, credits);
  log.info({ ...slots, tokens: shared.backend.name }, 'worker started');
  return {
    graceMs,
    shared,
    checks: { intake: stallWatch.check },
    broken: broken.promise,
    async stop() {
      // First stops new work and ends or requeues running transcriptions, then stops reporting this process.
      await stallWatch.stop();
      await processor.close();
      await periodic.stop();
      await wired.close();
      log.info({ counted: await shared.meter.totals() }, 'the worker ends');
      await shared.close();
    },
  };
}
