import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Readings } from '../app/operations/standstills.ts';
import type { Meter, QueueDepth } from '../app/ports/operations.ts';
import { createReadingGauges } from './reading-gauges.ts';

/** What one process has to tell Prometheus. */
export type Metrics = Meter & {
  /** The exposition as Prometheus reads it. Asks the database for what only it knows. */
  expose(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Everything counted so far, by name, over all labels: the last word of a process that ends. */
  totals(): Promise<Readonly<Record<string, number>>>;
};

/** From a voice note to a lecture, in seconds. */
const fileSeconds = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
const callSeconds = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/**
 * The metrics of a process. Labels are names of the product (engines, states, codes, methods): few, known beforehand,
 * and nothing of a person.
 * @param depth how many files are in each state, asked for at each scrape
 * @param aliveWorkers how many workers have reported lately
 * @param readings what operators watch, shared by all processes
 */
export function createMetrics(
  depth: () => Promise<readonly QueueDepth[]>,
  aliveWorkers: () => Promise<number>,
  readings: () => Promise<Readings>,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  const accepted = new Counter({
    name: 'dabir_files_accepted_total',
    help: 'Files that were taken into a lane',
    labelNames: ['kind'],
    registers,
  });
  const ended = new Counter({
    name: 'dabir_files_ended_total',
    help: 'Files that came to an end, by state; code is the reason of a failure',
    labelNames: ['engine', 'state', 'code'],
    registers,
  });
  const failedAttempts = new Counter({
    name: 'dabir_attempts_failed_total',
    help: 'Attempts that failed and will be made again',
    labelNames: ['engine', 'code'],
    registers,
  });
  const waiting = new Histogram({
    name: 'dabir_file_waiting_seconds',
    help: 'From the choice of an engine to the start of the work',
    labelNames: ['engine'],
    buckets: fileSeconds,
    registers,
  });
  const running = new Histogram({
    name: 'dabir_file_running_seconds',
    help: 'From the start of the work to its end',
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
    help: 'Files that somebody else had taken over before this process could end them',
    registers,
  });
  const updates = new Counter({
    name: 'dabir_updates_total',
    help: 'Updates from Telegram, by what became of them',
    labelNames: ['result'],
    registers,
  });
  const calls = new Counter({
    name: 'dabir_telegram_calls_total',
    help: 'Calls of the Bot API, by method and HTTP status (0: no answer)',
    labelNames: ['method', 'status'],
    registers,
  });
  const callTimes = new Histogram({
    name: 'dabir_telegram_call_seconds',
    help: 'How long calls of the Bot API took',
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
    help: 'Workers that have reported within the last 30 s; no number while the database does not answer',
    registers,
  });
  const database = new Gauge({
    name: 'dabir_database_answers',
    help: '1 while the database answers this process, else 0; the queue is unknown then',
    registers,
  });
  const lastClaim = new Gauge({
    name: 'dabir_last_claim_timestamp_seconds',
    help: 'When this worker last took a file, by engine; no number before the first',
    labelNames: ['engine'],
    registers,
  });
  const freeDisk = new Gauge({
    name: 'dabir_disk_free_bytes',
    help: 'Free where recordings lie while they are worked on',
    registers,
  });
  freeDisk.remove();
  const showReadings = createReadingGauges(registry);
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
      waiting.observe({ engine }, Math.max(0, waitedSeconds));
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
