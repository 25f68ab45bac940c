import { createAdminOnDemand } from '../admin/on-demand.ts';
import { isAdmin } from '../domain/account.ts';
import { createUserList } from '../features/accounts/index.ts';
import type { RoleConfig } from '../runtime/config.ts';
import { shownConfiguration } from '../runtime/shown-configuration.ts';
import { readVersion } from '../runtime/version.ts';
import { createAuditLog } from '../store/admin/audit-log.ts';
import { readDatabaseState } from '../store/admin/database-state.ts';
import { createEngineOverview } from '../store/admin/engine-overview.ts';
import { createFiles } from '../store/admin/files.ts';
import { createUnsentAnswers } from '../store/admin/unsent-answers.ts';
import { findMissingMigrations } from '../store/migrate.ts';
import { createTranscripts } from '../store/transcripts.ts';
import { type Checks, createHealthRoutes } from '../web/health.ts';
import { createMetricsRoutes } from '../web/metrics.ts';
import { createVisitor } from '../web/visitor.ts';
import type { Shared } from './shared.ts';

/**
 * Returns the routes for operators that every process has: `/healthz`, `/readyz`, `/metrics`.
 * @param own further readiness checks of this process
 */
export function createMonitoringRoutes(
  config: RoleConfig,
  { overview, backend, meter }: Shared,
  own: Checks = {},
) {
  return [
    createHealthRoutes({
      database: () => overview.ping().catch(() => fail('does not answer')),
      async migrations() {
        const missing = await findMissingMigrations(config.DATABASE_URL).catch(() => fail('cannot be read'));
        if (missing.length > 0) fail(`not applied yet: ${missing.join(', ')}`);
      },
      tokens: () => backend.check().catch(() => fail(`${backend.name} does not answer`)),
      async workers() {
        const alive = await overview.aliveWorkers().catch(() => fail('cannot be counted'));
        if (alive === 0) fail('none has reported lately');
      },
      ...own,
    }),
    createMetricsRoutes(meter.expose, {
      token: config.METRICS_TOKEN,
      behindProxy: config.TRUSTED_PROXIES.length > 0,
    }),
  ];
}

/** Returns the routes of the admin page. */
export function createAdminRoutes(config: RoleConfig, shared: Shared) {
  const { access, accounts, database, adminPage, overview, processes, backend } = shared;
  const version = readVersion();
  return createAdminOnDemand({
    ...shared,
    signIns: adminPage.signIns,
    files: createFiles(database),
    users: createUserList(database),
    unsentAnswers: createUnsentAnswers(database),
    transcripts: config.ADMIN_SEES_TRANSCRIPTS ? createTranscripts(database) : null,
    auditLog: createAuditLog(database),
    engines: createEngineOverview(database),
    configuration: shownConfiguration(config),
    async systemState() {
      const [depth, list, state, answers] = await Promise.all([
        overview.depth(),
        processes.list(),
        readDatabaseState(database).catch(() => null),
        backend.check().then(
          () => true,
          () => false,
        ),
      ]);
      return { version, depth, processes: list, database: state, tokens: { name: backend.name, answers } };
    },
    async isAdmin(id) {
      const account = await accounts.find(id);
      return account !== null && isAdmin(account, access);
    },
    isSecure: config.PUBLIC_URL?.startsWith('https:') ?? false,
    visitor: createVisitor(config.TRUSTED_PROXIES),
  });
}

/** Returns a host in the form that a URL needs: IPv6 addresses in brackets. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * Throws a short problem without its cause, which may contain addresses and passwords and must not
 * be on a page.
 */
function fail(problem: string): never {
  throw new Error(problem);
}
