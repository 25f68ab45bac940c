import { createAdmin } from './admin/admin.ts';
import type { RoleConfig } from './config.ts';
import { isAdmin } from './domain/account.ts';
import { createFiles } from './store/admin/files.ts';
import { createPeople } from './store/admin/people.ts';
import { missingMigrations } from './store/migrate.ts';
import { healthRoutes } from './web/health.ts';
import { metricsRoutes } from './web/metrics.ts';
import { createVisitor } from './web/visitor.ts';
import type { Shared } from './wiring.ts';

/** What every process tells its operators: `/healthz`, `/readyz`, `/metrics`. */
export function operatorRoutes(config: RoleConfig, { overview, backend, meter }: Shared) {
  return [
    healthRoutes({
      database: () => overview.answers().catch(() => fail('does not answer')),
      async migrations() {
        const missing = await missingMigrations(config.DATABASE_URL).catch(() => fail('cannot be read'));
        if (missing.length > 0) fail(`not applied yet: ${missing.join(', ')}`);
      },
      tokens: () => backend.check().catch(() => fail(`${backend.name} does not answer`)),
      async workers() {
        const alive = await overview.aliveWorkers().catch(() => fail('cannot be counted'));
        if (alive === 0) fail('none has reported lately');
      },
    }),
    metricsRoutes(meter.expose, {
      token: config.METRICS_TOKEN,
      behindProxy: config.TRUSTED_PROXIES.length > 0,
    }),
  ];
}

/** The admin page. */
export function adminRoutes(config: RoleConfig, shared: Shared) {
  const { access, accounts, database, adminPage } = shared;
  return createAdmin({
    ...shared,
    signIns: adminPage.signIns,
    files: createFiles(database),
    people: createPeople(database),
    async isAdmin(id) {
      const account = await accounts.find(id);
      return account !== null && isAdmin(account, access);
    },
    isSecure: config.PUBLIC_URL?.startsWith('https:') ?? false,
    visitor: createVisitor(config.TRUSTED_PROXIES),
  });
}

/** A host as an address has it. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** The cause stays in the log of whoever it concerns: addresses and passwords are not for a page. */
function fail(problem: string): never {
  throw new Error(problem);
}
