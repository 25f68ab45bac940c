import { Gauge, type Registry } from 'prom-client';
import type { Readings } from '../app/monitoring/standstills.ts';

/**
 * Creates the gauges of the operators' readings. Every process exposes the same values, from the shared readings.
 * @returns a function that sets the gauges; null removes their values, because nothing is known
 */
export function createReadingGauges(registry: Registry): (readings: Readings | null) => void {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const takenAt = gauge(
    'dabir_readings_timestamp_seconds',
    'Time of the shared readings that this process exposes',
  );
  const files = gauge(
    'dabir_engine_files',
    'Files that wait for an engine or are in progress, by state',
    'engine',
    'state',
  );
  const oldestFile = gauge(
    'dabir_oldest_queued_file_age_seconds',
    'Waiting time of the oldest QUEUED file; 0: none waits',
    'engine',
  );
  const workers = gauge(
    'dabir_engine_workers',
    'Live workers, by their readiness for an engine',
    'engine',
    'state',
  );
  const circuits = gauge(
    'dabir_circuits_open',
    'Workers whose circuit for an engine is open or half open, because it failed too often',
    'engine',
  );
  const tokens = gauge(
    'dabir_tokens',
    'BullMQ jobs (tokens); no value while Redis (or PostgreSQL) does not answer, and for engines without workers and files',
    'engine',
    'state',
  );
  const answers = gauge(
    'dabir_oldest_unsent_answer_age_seconds',
    'Age of the oldest unsent answer; 0: none waits',
  );
  const pending = gauge(
    'dabir_telegram_pending_updates',
    'Updates pending at Telegram; no value while it does not answer',
  );
  const webhookError = gauge(
    'dabir_telegram_webhook_error_timestamp_seconds',
    'Time of Telegram’s last failed delivery to the webhook; no value: never',
  );
  const telegram = gauge('dabir_telegram_answers', '1 while Telegram answers, else 0');
  const tokensReachable = gauge(
    'dabir_tokens_answer',
    '1 while Redis (or PostgreSQL) answers for tokens, else 0',
  );
  const backup = gauge(
    'dabir_last_backup_timestamp_seconds',
    'Time of the last successful backup; no value: never',
  );
  const labelled = [files, oldestFile, workers, circuits, tokens];
  const single = [takenAt, answers, pending, webhookError, telegram, tokensReachable, backup];

  return (readings) => {
    // Stale values would suggest that nothing has changed.
    for (const one of labelled) one.reset();
    for (const one of single) one.remove();
    if (readings === null) return;
    const at = readings.takenAt.getTime() / 1_000;
    takenAt.set(at);
    for (const reading of readings.engines) {
      const { engine } = reading;
      files.set({ engine, state: 'PENDING' }, reading.pending);
      files.set({ engine, state: 'QUEUED' }, reading.queued);
      files.set({ engine, state: 'PROCESSING' }, reading.processing);
      oldestFile.set({ engine }, reading.oldestQueuedSeconds ?? 0);
      for (const [state, count] of Object.entries(reading.workers)) workers.set({ engine, state }, count);
      circuits.set({ engine }, reading.openCircuits);
      for (const [state, count] of Object.entries(reading.tokens ?? {})) tokens.set({ engine, state }, count);
    }
    answers.set(readings.answers.oldestSeconds ?? 0);
    if (readings.updates !== null) pending.set(readings.updates.pending);
    const error = readings.updates?.lastError ?? null;
    if (error !== null) webhookError.set(error.at.getTime() / 1_000);
    telegram.set(readings.updates === null ? 0 : 1);
    tokensReachable.set(readings.tokensAwaySeconds === null ? 1 : 0);
    if (readings.backupSeconds !== null) backup.set(at - readings.backupSeconds);
  };
}
