/** Values at each minute, in promtool's notation: `1x10` is 1 eleven times, `0+30x10` rises by 30. */
type Series = Readonly<Record<string, string>>;

export type AlertCase = {
  /** Series under which the alert fires after `after` minutes. */
  readonly firing: Series;
  readonly after: number;
  /** The labels of the firing alert beside the severity. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly severity: 'page' | 'warning';
  readonly summary: string;
  /** Series under each of which it does not fire, as long as the firing one is watched. */
  readonly quiet: readonly Series[];
};

const oldest = (engine: string) => `dabir_oldest_queued_file_age_seconds{instance="bot",engine="${engine}"}`;
const files = (state: string) => `dabir_engine_files{instance="bot",engine="local",state="${state}"}`;
const tokens = (state: string) => `dabir_tokens{instance="bot",engine="local",state="${state}"}`;
const ready = 'dabir_engine_workers{instance="bot",engine="local",state="ready"}';
const paused = 'dabir_engine_workers{instance="bot",engine="local",state="paused"}';
const pending = 'dabir_telegram_pending_updates{instance="bot"}';

/**
 * Every alert of docs/operations/alerts.yml, with series under which it fires, and others under which it does
 * not.
 */
export const alertCases: Readonly<Record<string, AlertCase>> = {
  DabirBotDown: {
    firing: { 'up{job="dabir-bot",instance="a"}': '0x10', 'up{job="dabir-bot",instance="b"}': '0x10' },
    after: 3,
    severity: 'page',
    summary: 'No bot process answers. Telegram keeps the updates for a day; start a bot.',
    quiet: [{ 'up{job="dabir-bot",instance="a"}': '0x10', 'up{job="dabir-bot",instance="b"}': '1x10' }],
  },
  DabirNoWorkers: {
    firing: { dabir_workers_alive: '0x10' },
    after: 3,
    severity: 'page',
    summary: 'No worker has reported for 30 seconds. Files wait in their lanes; nothing is lost.',
    quiet: [{ dabir_workers_alive: '0 1 0 1' }],
  },
  DabirDatabaseAway: {
    firing: {
      'dabir_database_answers{instance="a"}': '1x10',
      'dabir_database_answers{instance="b"}': '0x10',
    },
    after: 2,
    labels: { instance: 'b' },
    severity: 'page',
    summary: 'PostgreSQL does not answer b. Uploads are not taken until it does.',
    quiet: [{ 'dabir_database_answers{instance="a"}': '1x10' }],
  },
  DabirTokensAway: {
    firing: { 'dabir_tokens_answer{instance="a"}': '0x10', 'dabir_tokens_answer{instance="b"}': '0x10' },
    after: 3,
    severity: 'page',
    summary:
      'Redis (or PostgreSQL, where REDIS_URL is not set) does not answer for tokens. Workers take no files.',
    quiet: [{ 'dabir_tokens_answer{instance="a"}': '0 1 0 1' }],
  },
  DabirTelegramAway: {
    firing: { dabir_telegram_answers: '0x10' },
    after: 3,
    severity: 'page',
    summary: "Telegram's Bot API does not answer. Nothing comes in or goes out; nothing is lost for a day.",
    quiet: [{ dabir_telegram_answers: '0 1 0 1' }],
  },
  // 200 files are QUEUED for an hour, and all workers are alive.
  DabirFilesStuck: {
    firing: { [oldest('local')]: '0+60x60', [files('PROCESSING')]: '0x60', [ready]: '3x60' },
    after: 60,
    labels: { engine: 'local' },
    severity: 'page',
    summary:
      'Files for local have waited for 1h 0m 0s and nothing takes them, though a worker says that it is ready.',
    quiet: [
      // Short files, one after the other: now and then none is PROCESSING.
      {
        [oldest('local')]: '0+60x60',
        [files('PROCESSING')]: '0 0 0 1 0 0 0 1 0 0 0 1 0 0 0 1x50',
        [ready]: '3x60',
      },
      { [oldest('local')]: '0+60x60', [files('PROCESSING')]: '0x60', [ready]: '0x60' },
      { [oldest('local')]: '100x60', [files('PROCESSING')]: '0x60', [ready]: '3x60' },
    ],
  },
  DabirTokensMissing: {
    firing: { [files('QUEUED')]: '4x20', [tokens('waiting')]: '0x20', [tokens('active')]: '0x20' },
    after: 10,
    labels: { engine: 'local' },
    severity: 'page',
    summary: '4 files are QUEUED for local, and no token tells a worker so.',
    quiet: [
      { [files('QUEUED')]: '4x20', [tokens('waiting')]: '3x20', [tokens('active')]: '0x20' },
      { [files('QUEUED')]: '1 0 1 0 1 0 1 0 1 0', [tokens('waiting')]: '0x20', [tokens('active')]: '0x20' },
      // Redis does not answer: that is another alert.
      { [files('QUEUED')]: '4x20' },
    ],
  },
  DabirUpdatesStuck: {
    firing: { [pending]: '7 7 7 8 9 9 9 12 12 12 12' },
    after: 9,
    severity: 'page',
    summary: '9 updates or more wait at Telegram, and for five minutes nobody has taken one.',
    quiet: [
      { [pending]: '900 880 910 870 900 850 900 850 900 850' },
      { [pending]: '0x10' },
      { [pending]: '0 3 5 0 4 5 0 4 5 6' },
    ],
  },
  DabirAnswersUnsent: {
    firing: { dabir_oldest_unsent_answer_age_seconds: '0+60x30' },
    after: 20,
    severity: 'page',
    summary: 'A finished answer has waited for 20m 0s to be sent.',
    quiet: [{ dabir_oldest_unsent_answer_age_seconds: '600x30' }],
  },
  DabirCircuitOpen: {
    firing: { 'dabir_circuits_open{engine="vira"}': '1x20', 'dabir_circuits_open{engine="eboo"}': '0x20' },
    after: 9,
    labels: { engine: 'vira' },
    severity: 'warning',
    summary: 'vira has failed every try for eight minutes. Its files wait.',
    quiet: [{ 'dabir_circuits_open{engine="vira"}': '1 1 1 1 0 1 1 1 1 0' }],
  },
  DabirEngineAway: {
    firing: { [oldest('local')]: '1900x60', [ready]: '0x60' },
    after: 5,
    labels: { engine: 'local' },
    severity: 'warning',
    summary: 'Files have waited half an hour for local, and no worker has it ready.',
    quiet: [
      { [oldest('local')]: '1900x60', [ready]: '0x60', [paused]: '1x60' },
      { [oldest('local')]: '1900x60', [ready]: '1x60' },
      { [oldest('local')]: '1500x60', [ready]: '0x60' },
    ],
  },
  DabirWorkerTakesNothing: {
    firing: {
      'dabir_last_claim_timestamp_seconds{instance="w1",engine="local"}': '0x100',
      'dabir_last_claim_timestamp_seconds{instance="w2",engine="local"}': '0+60x100',
      [oldest('local')]: '400x100',
    },
    after: 70,
    labels: { instance: 'w1', engine: 'local' },
    severity: 'warning',
    summary: 'w1 has taken no file for local for an hour, though some wait.',
    quiet: [
      {
        'dabir_last_claim_timestamp_seconds{instance="w1",engine="local"}': '0x100',
        [oldest('local')]: '20x100',
      },
      {
        'dabir_last_claim_timestamp_seconds{instance="w1",engine="local"}': '0x100',
        [oldest('local')]: '400x100',
        [paused]: '1x100',
      },
    ],
  },
  DabirWebhookFails: {
    firing: { dabir_telegram_webhook_error_timestamp_seconds: '0+60x20' },
    after: 10,
    severity: 'warning',
    summary: 'Telegram cannot deliver to the webhook. `npm run webhook` shows why.',
    // Once, right at the beginning.
    quiet: [{ dabir_telegram_webhook_error_timestamp_seconds: '0x20' }],
  },
  DabirUpdatesFail: {
    firing: {
      'dabir_updates_total{result="later"}': '0+30x20',
      'dabir_updates_total{result="handled"}': '0+60x20',
    },
    after: 12,
    severity: 'page',
    summary: "A fifth of Telegram's updates has to be delivered again.",
    quiet: [
      { 'dabir_updates_total{result="later"}': '0+5x20', 'dabir_updates_total{result="handled"}': '0+60x20' },
    ],
  },
  DabirFilesFail: {
    firing: {
      'dabir_files_ended_total{engine="eboo",state="FAILED",code="engine_failed"}': '0+3x40',
      'dabir_files_ended_total{engine="eboo",state="COMPLETED",code="none"}': '0+6x40',
    },
    after: 30,
    labels: { engine: 'eboo' },
    severity: 'warning',
    summary: 'A fifth of the files on eboo fails. The label code of dabir_files_ended_total says why.',
    quiet: [
      {
        'dabir_files_ended_total{engine="eboo",state="FAILED",code="no_speech"}': '0+1x40',
        'dabir_files_ended_total{engine="eboo",state="COMPLETED",code="none"}': '0+9x40',
        'dabir_files_ended_total{engine="eboo",state="CANCELLED",code="none"}': '0+90x40',
      },
    ],
  },
  DabirFilesWaitLong: {
    firing: {
      'dabir_file_waiting_seconds_bucket{le="600"}': '0+8x50',
      'dabir_file_waiting_seconds_bucket{le="1200"}': '0+10x50',
      'dabir_file_waiting_seconds_bucket{le="+Inf"}': '0+10x50',
    },
    after: 40,
    severity: 'warning',
    summary: 'One file in ten waits more than ten minutes for a worker. Start more of them.',
    quiet: [
      {
        'dabir_file_waiting_seconds_bucket{le="600"}': '0+95x50',
        'dabir_file_waiting_seconds_bucket{le="1200"}': '0+100x50',
        'dabir_file_waiting_seconds_bucket{le="+Inf"}': '0+100x50',
      },
    ],
  },
  DabirOldestFileWaits: {
    firing: { [oldest('local')]: '3700x20' },
    after: 6,
    labels: { engine: 'local' },
    severity: 'warning',
    summary: 'A file for local has waited for 1h 1m 40s. Start more workers.',
    quiet: [{ [oldest('local')]: '3500x20' }, { [oldest('local')]: '3700x20', [paused]: '1x20' }],
  },
  DabirQueueFull: {
    firing: { 'dabir_queue_files{state="PENDING",kind="local"}': '9000x20' },
    after: 11,
    severity: 'warning',
    summary: 'More than nine thousand files wait.',
    quiet: [
      {
        'dabir_queue_files{state="PENDING",kind="local"}': '8999x20',
        'dabir_queue_files{state="QUEUED",kind="local"}': '9999x20',
      },
    ],
  },
  DabirTelegramLimits: {
    firing: {
      'dabir_telegram_calls_total{method="sendMessage",status="429"}': '0+6x40',
      'dabir_telegram_calls_total{method="sendMessage",status="200"}': '0+60x40',
    },
    after: 30,
    severity: 'warning',
    summary: 'Telegram refuses one call in twenty as too many.',
    quiet: [
      {
        'dabir_telegram_calls_total{method="sendMessage",status="429"}': '0+1x40',
        'dabir_telegram_calls_total{method="sendMessage",status="200"}': '0+60x40',
      },
    ],
  },
  DabirLeasesLost: {
    firing: { dabir_lease_losses_total: '0+1x20' },
    after: 15,
    severity: 'warning',
    summary:
      'Workers lose their files to others. They hang, their machine sleeps, or LEASE_SECONDS is too short.',
    quiet: [{ dabir_lease_losses_total: '0 0 1 1 2 2 3 3 3 3 3 3 3 3 3 3' }],
  },
  DabirEventLoopBlocked: {
    firing: { 'dabir_event_loop_longest_stall_seconds{job="dabir-bot",instance="a"}': '0.6x20' },
    after: 6,
    labels: { instance: 'a' },
    severity: 'warning',
    summary: 'a is busy for half a second at a time.',
    quiet: [
      {
        'dabir_event_loop_longest_stall_seconds{job="dabir-bot",instance="a"}': '0.4x20',
        'dabir_event_loop_longest_stall_seconds{job="other",instance="b"}': '3x20',
      },
    ],
  },
  DabirDiskFull: {
    firing: {
      'dabir_disk_free_bytes{instance="w1"}': '536870912x10',
      'dabir_disk_free_bytes{instance="w2"}': '1073741824x10',
    },
    after: 3,
    labels: { instance: 'w1' },
    severity: 'page',
    summary: 'w1 has 512MiB left where recordings lie.',
    quiet: [{ 'dabir_disk_free_bytes{instance="w1"}': '1073741824x10' }],
  },
  DabirBackupOld: {
    firing: { dabir_last_backup_timestamp_seconds: '-180001x20' },
    after: 11,
    severity: 'warning',
    summary: 'The last backup is 2d 2h 11m 1s old.',
    // A database without any backup does not expose this metric.
    quiet: [{ dabir_last_backup_timestamp_seconds: '-170000x20' }, {}],
  },
  DabirReadingsOld: {
    firing: { dabir_readings_timestamp_seconds: '0x20', dabir_database_answers: '1x20' },
    after: 10,
    severity: 'warning',
    summary: 'The gauges of the whole are out of date, so the alerts on them say nothing.',
    quiet: [
      { dabir_readings_timestamp_seconds: '0+60x20', dabir_database_answers: '1x20' },
      // Then the whole is unknown, and that is another alert.
      { dabir_database_answers: '0x20' },
    ],
  },
};
