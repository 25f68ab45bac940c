import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Readings } from '../app/monitoring/standstills.ts';
import type { Meter } from '../app/ports/meter.ts';
import type { QueueDepth } from '../app/ports/overview.ts';
import { resolutionMs, watchStalls } from './event-loop-stall.ts';
import { createReadingGauges } from './reading-gauges.ts';

/** Metrics of one process for Prometheus. */
export type Metrics = Meter & {
  /** Returns the metrics in Prometheus' text format. Queries the database for gauges that only it knows. */
  expose(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Returns every counter by name, summed over its labels; a process logs this when it ends. */
  totals(): Promise<Readonly<Record<string, number>>>;
};

/** Histogram buckets in seconds, from a voice note to a lecture. */
const fileSeconds = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
const callSeconds = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/**
 * Creates the metrics of a process. Labels are engines, states, error codes and methods: few, known in advance,
 * and without user data.
 * @param depth returns the number of files in each state; called at each scrape
 * @param aliveWorkers returns the number of workers with a recent heartbeat
 * @param readings returns the operators' readings, which all processes share
 */
export function createMetrics(
  depth: () => Promise<readonly QueueDepth[]>,
  aliveWorkers: () => Promise<number>,
  readings: () => Promise<Readings>,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: resolutionMs });
  const registers = [registry];

  const accepted = new Counter({
    name: 'dabir_files_accepted_total',
    help: 'Files accepted into a lane',
    labelNames: ['kind'],
    registers,
  });
  const ended = new Counter({
    name: 'dabir_files_ended_total',
    help: 'Files that ended, by state; code is the reason of a failure',
    labelNames: ['engine', 'state', 'code'],
    registers,
  });
  const failedAttempts = new Counter({
    name: 'dabir_attempts_failed_total',
    help: 'Failed attempts that are retried',
    labelNames: ['engine', 'code'],
    registers,
  });
  const waitSeconds = new Histogram({
    name: 'dabir_file_waiting_seconds',
    help: 'Time from the choice of an engine to the start of the job',
    labelNames: ['engine'],
    buckets: fileSeconds,
    registers,
  });
  const running = new Histogram({
    name: 'dabir_file_running_seconds',
    help: 'Time from the start of the job to its end',
    labelNames: ['engine', 'state'],
    buckets: fileSeconds,
    registers,
  });
  const audio = new Counter({
    name: 'dabir_audio_seconds_total',
    help: 'Seconds of audio that became transcripts',
    labelNames: ['engine'],
    registers,
  });
  const leaseLosses = new Counter({
    name: 'dabir_lease_losses_total',
    help: 'Jobs whose claim another process had taken over before they ended',
    registers,
  });
  const updates = new Counter({
    name: 'dabir_updates_total',
    help: 'Updates from Telegram, by result',
    labelNames: ['result'],
    registers,
  });
  const calls = new Counter({
    name: 'dabir_telegram_calls_total',
    help: 'Bot API calls, by method and HTTP status (0: no answer)',
    labelNames: ['method', 'status'],
    registers,
  });
  const callTimes = new Histogram({
    name: 'dabir_telegram_call_seconds',
    help: 'Duration of Bot API calls',
    labelNames: ['method'],
    buckets: callSeconds,
    registers,
  });
  const queue = new Gauge({
    name: 'dabir_queue_files',
    help: 'Files that have not ended, by state and by the kind of their engine',
    labelNames: ['state', 'kind'],
    registers,
  });
  const workers = new Gauge({
    name: 'dabir_workers_alive',
    help: 'Workers with a heartbeat in the last 30 s; no value while the database does not answer',
    registers,
  });
  const database = new Gauge({
    name: 'dabir_database_answers',
    help: '1 while the database answers this process, else 0; the queue is unknown then',
    registers,
  });
  const lastClaim = new Gauge({
    name: 'dabir_last_claim_timestamp_seconds',
    help: 'Time of this worker’s last claim, by engine; no value before the first',
    labelNames: ['engine'],
    registers,
  });
  const freeDisk = new Gauge({
    name: 'dabir_disk_free_bytes',
    help: 'Free space of the disk for files in progress',
    registers,
  });
  freeDisk.remove();
  const showReadings = createReadingGauges(registry);
  const maxStall = watchStalls();
  new Gauge({
    name: 'dabir_event_loop_longest_stall_seconds',
    help: 'Longest stall of the event loop in the last minute; the process does nothing during a stall',
    collect() {
      this.set(maxStall());
    },
    registers,
  });
  const ask = async () => {
    showReadings(await readings().catch(() => null));
    const [files, alive] = await Promise.all([depth(), aliveWorkers()]).catch(
      () => [[], Number.NaN] as const,
    );
    queue.reset();
    for (const { state, kind, files: count } of files) queue.set({ state, kind }, count);
    workers.set(alive);
    database.set(Number.isNaN(alive) ? 0 : 1);
  };

  return {
    accepted: (kind) => accepted.inc({ kind }),
    started(engine, waitedSeconds) {
      waitSeconds.observe({ engine }, Math.max(0, waitedSeconds));
      lastClaim.set({ engine }, Date.now() / 1000);
    },
    ended({ engine, state, code, runningSeconds, audioSeconds }) {
      ended.inc({ engine: engine ?? 'none', state, code: code ?? 'none' });
      if (engine === null) return;
      running.observe({ engine, state }, runningSeconds);
      if (state === 'COMPLETED') audio.inc({ engine }, audioSeconds);
    },
    attemptFailed: (engine, code) => failedAttempts.inc({ engine, code }),
    leaseLost: () => leaseLosses.inc(),
    diskFree: (bytes) => freeDisk.set(bytes),
    update: (result) => updates.inc({ result }),
    telegramCall(method, status, seconds) {
      calls.inc({ method, status });
      callTimes.observe({ method }, seconds);
    },
    async totals() {
      const counters = await Promise.all(
        [accepted, ended, failedAttempts, leaseLosses, updates, calls].map((counter) => counter.get()),
      );
      return Object.fromEntries(
        counters.map(({ name, values }) => [name, values.reduce((sum, { value }) => sum + value, 0)]),
      );
    },
    async expose() {
      await ask();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
