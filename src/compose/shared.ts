import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { adminPath } from '../admin/path.ts';
import type { BulkChanges } from '../app/admin/bulk-ports.ts';
import type { LogLines } from '../app/admin/log-lines.ts';
import type { Charts, EngineTests, Processes } from '../app/admin/system-ports.ts';
import { SentRecord } from '../app/deliver/sent-record.ts';
import type { NotifyAdmin } from '../app/monitoring/notify-admins.ts';
import { createReadings } from '../app/monitoring/readings.ts';
import type { Readings } from '../app/monitoring/standstills.ts';
import type { BundledTranscripts } from '../app/ports/bursts.ts';
import type { ChatTurns } from '../app/ports/chat-turns.ts';
import type { ModelWishes } from '../app/ports/model-wishes.ts';
import type { Overview } from '../app/ports/overview.ts';
import type { Pauses } from '../app/ports/pauses.ts';
import type { Quotas } from '../app/ports/quotas.ts';
import type { BotDependencies } from '../bot/feature-list.ts';
import type { AccessRules } from '../domain/account.ts';
import type { DefaultQuota } from '../domain/quota.ts';
import { createAccounts, createInvitations, createQuotas } from '../features/accounts/index.ts';
import { createBroadcasts } from '../features/broadcasts/index.ts';
import { createBursts } from '../features/bursts/index.ts';
import { CorrectionThread, createCorrections } from '../features/corrections/index.ts';
import { createDialogs } from '../features/dialogs/index.ts';
import { createCommonWords, createGlossary } from '../features/glossary/index.ts';
import { createGroups, followMoves } from '../features/groups/index.ts';
import { createHistory } from '../features/history/index.ts';
import { createLinks, type LinkRules, publicWeb } from '../features/links/index.ts';
import { createErasures, createExports, createRetention } from '../features/my-data/index.ts';
import { createConnections, createDrafts, createNotes } from '../features/secretary/index.ts';
import { createSpeakerChanges, createVoiceprints } from '../features/speakers/index.ts';
import { createMetrics, type Metrics } from '../metrics/metrics.ts';
import { openBackend, type TokenBackend } from '../queue/backend.ts';
import { createTokens } from '../queue/token.ts';
import { downloadLimitBytes, type RoleConfig, telegramApiRoot } from '../runtime/config.ts';
import { readVersion } from '../runtime/version.ts';
import { createAudit } from '../store/admin/audit-log.ts';
import { createBulkChanges } from '../store/admin/bulk-changes.ts';
import { createCharts } from '../store/admin/charts.ts';
import { createEngineTests } from '../store/admin/engine-tests.ts';
import { createFigures } from '../store/admin/figures.ts';
import { createLogLines } from '../store/admin/log-lines.ts';
import { createProcesses } from '../store/admin/processes.ts';
import { createSharedReadings } from '../store/admin/readings.ts';
import { createSignIns } from '../store/admin/sign-ins.ts';
import { createWatch } from '../store/admin/watch.ts';
import { createChatTurns } from '../store/chat-turns.ts';
import { type Database, openDatabase } from '../store/client.ts';
import { createCopies } from '../store/copies.ts';
import { createDeliveries } from '../store/deliveries.ts';
import { createEarlierTranscripts } from '../store/earlier-transcripts.ts';
import { createEngineReports } from '../store/engine-reports.ts';
import { createFeedback } from '../store/feedback.ts';
import type { LaneSettings } from '../store/lane-records.ts';
import { createLanes } from '../store/lanes.ts';
import { createModelWishes } from '../store/model-wishes.ts';
import { createOverview } from '../store/overview.ts';
import { createPauses } from '../store/pauses.ts';
import { createSettings } from '../store/settings.ts';
import { createBroadcastSender } from '../telegram/broadcast-sender.ts';
import { createConnectedAccounts } from '../telegram/connected-accounts.ts';
import { createMessenger } from '../telegram/messenger.ts';
import { createNotifyAdmin } from '../telegram/notify-admin.ts';
import { createNotifyRole } from '../telegram/notify-role.ts';
import { RateLimiter } from '../telegram/rate-limiter.ts';
import { createUpdateCounts } from '../telegram/update-counts.ts';
import { loadTexts } from '../texts/texts.ts';

/** Something that was opened for a process and has to be closed. */
export type Closable = { close(): Promise<void> };

/** The parts that both roles share: the database, the tokens, and the clients of Telegram. */
export type Shared = BotDependencies &
  Closable & {
    database: Database;
    /** The part of `bursts` that answers need. */
    bundles: BundledTranscripts;
    /** True to set the bot's name and descriptions at the start. */
    setsProfile: boolean;
    quotas: Quotas;
    overview: Overview;
    meter: Metrics;
    rateLimiter: RateLimiter;
    turns: ChatTurns;
    backend: TokenBackend;
    holder: string;
    charts: Charts;
    processes: Processes;
    engineTests: EngineTests;
    bulkChanges: BulkChanges;
    pauses: Pauses;
    modelWishes: ModelWishes;
    logLines: LogLines;
    /**
     * Resolves to the readings for monitoring, at most 10 s old; findStandstills interprets them.
     * Rejects while the database is away.
     */
    readings(): Promise<Readings>;
    notifyAdmin: NotifyAdmin;
    /** Sets the address at which the web server listens. */
    listensAt(address: string): void;
  };

/**
 * Builds the parts that both roles share. Connections are opened lazily; nothing is sent yet.
 * @param linkRules where links may lead
 */
export function wireShared(config: RoleConfig, log: Logger, linkRules: LinkRules = publicWeb): Shared {
  const jobLeaseMs = config.LEASE_SECONDS * 1000;
  const texts = loadTexts();
  const defaultQuota: DefaultQuota = {
    minutesADay: config.MAX_MINUTES_A_DAY,
    minutesAMonth: config.MAX_MINUTES_A_MONTH,
    maxOpenFiles: config.MAX_OPEN_FILES,
  };
  const access: AccessRules = {
    access: config.ACCESS,
    allowedIds: config.ALLOWED_IDS,
    adminIds: config.ADMIN_IDS,
  };
  const database = openDatabase(config.DATABASE_URL);
  const groups = createGroups(database);
  const overview = createOverview(database);
  const meter = createMetrics(overview.depth, overview.aliveWorkers, () => readings());
  const turns = createChatTurns(database);
  const rateLimiter = new RateLimiter({ isLimited: config.TELEGRAM_LIMITS === 'on', turns });
  const telegram = { token: config.BOT_TOKEN, apiRoot: telegramApiRoot(config), meter, rateLimiter };
  const laneSettings: LaneSettings = {
    jobLeaseMs,
    // A token that was not claimed within a lease is lost or its queue is busy; sending it again is cheap in both
    // cases.
    dispatchMs: jobLeaseMs,
    maxLosses: config.MAX_LOSSES,
    firstLossBackoffMs: 1_000,
    maxOpenFiles: config.MAX_OPEN_FILES,
    maxOpenMinutes: config.MAX_OPEN_MINUTES,
    minutesADay: defaultQuota.minutesADay,
    minutesAMonth: defaultQuota.minutesAMonth,
    timeZone: config.TIME_ZONE,
    historyMs: config.HISTORY_DAYS * 86_400_000,
  };
  const bursts = createBursts(database, {
    maxGapMs: config.BURST_SECONDS * 1_000,
    dispatchMs: laneSettings.dispatchMs,
  });
  const backend = openBackend({ databaseUrl: config.DATABASE_URL, redisUrl: config.REDIS_URL }, log);
  const tokens = createTokens(backend);
  const readings = createReadings({
    shared: createSharedReadings(database),
    tokenCounts: tokens.counts,
    updateCounts: createUpdateCounts(telegram),
  });
  const notes = createNotes(database, laneSettings, config.TIME_ZONE);
  const corrector = new CorrectionThread();
  const adminAddress = Promise.withResolvers<string>();
  const holder = `${hostname()}:${process.pid}:${randomBytes(3).toString('hex')}`;
  return {
    database,
    overview,
    meter,
    rateLimiter,
    turns,
    backend,
    holder,
    lanes: createLanes(database, laneSettings),
    copies: createCopies(database, laneSettings),
    earlierTranscripts: createEarlierTranscripts(database, laneSettings),
    bursts,
    bundles: bursts,
    tokens,
    reports: createEngineReports(database, holder),
    groups,
    links: createLinks({ isOn: config.LINKS === 'on', hasYtDlp: config.YT_DLP !== null }, linkRules),
    connections: createConnections(database),
    notes,
    drafts: createDrafts(database),
    connectedAccounts: createConnectedAccounts(telegram),
    messenger: followMoves(createMessenger(telegram, texts, { find: notes.findFrame }), groups),
    deliveries: createDeliveries(database),
    sent: new SentRecord(),
    corrections: createCorrections(database),
    corrector,
    glossary: createGlossary(database),
    commonWords: createCommonWords(),
    speakerChanges: createSpeakerChanges(database),
    voiceprints: createVoiceprints(database),
    canRememberVoices: config.SPEAKERS === 'on',
    dialogs: createDialogs(database),
    settings: createSettings(database),
    history: createHistory(database),
    retention: createRetention(database),
    erasures: createErasures(database),
    exports: createExports(database),
    defaultRetentionMs:
      config.KEEP_TRANSCRIPTS_DAYS === null ? null : config.KEEP_TRANSCRIPTS_DAYS * 86_400_000,
    texts,
    numberSpeakerIn: (languageCode) => (number) => texts(languageCode, 'document-speaker-number', { number }),
    log,
    downloadLimitBytes: downloadLimitBytes(config),
    accounts: createAccounts(database, config.TIME_ZONE),
    quotas: createQuotas(database, { ...defaultQuota, timeZone: config.TIME_ZONE }),
    invitations: createInvitations(database),
    feedback: createFeedback(database),
    audit: createAudit(database),
    figures: createFigures(database, config.TIME_ZONE),
    broadcasts: createBroadcasts(database, access),
    broadcastSender: createBroadcastSender(telegram, texts),
    charts: createCharts(database, config.TIME_ZONE),
    processes: createProcesses(database, holder, readVersion()),
    engineTests: createEngineTests(database),
    bulkChanges: createBulkChanges(database),
    pauses: createPauses(database),
    modelWishes: createModelWishes(database),
    logLines: createLogLines(database),
    readings,
    watch: createWatch(database, access),
    notifyAdmin: createNotifyAdmin(telegram, texts, config.TIME_ZONE),
    notifyRole: createNotifyRole(telegram, texts),
    access,
    adminPage: { signIns: createSignIns(database), address: () => adminAddress.promise },
    listensAt: (address) => adminAddress.resolve(`${address}${adminPath}`),
    defaultQuota,
    timeZone: config.TIME_ZONE,
    setsProfile: config.BOT_PROFILE === 'on',
    async close() {
      await corrector.close();
      await tokens.close();
      await backend.close();
      await database.close();
    },
  };
}
