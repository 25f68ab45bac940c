import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DeliveryError } from '../../../src/app/ports/messenger.ts';
import type { NotifyRole } from '../../../src/app/ports/role-messages.ts';
import { type AccessRules, decideAccess, isAdmin, type UserRole } from '../../../src/domain/account.ts';
import { changeAccount } from '../../../src/features/accounts/change-account.ts';
import { createAccounts } from '../../../src/features/accounts/store/accounts.ts';
import { createAudit } from '../../../src/store/admin/audit-log.ts';
import { freshDatabase } from '../../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { upload } from '../../support/uploads.ts';

const [configuredAdmin, admin, otherAdmin, sara, stranger] = [1, 2, 3, 4, 99];
const access: AccessRules = { access: 'open', allowedIds: new Set(), adminIds: new Set([configuredAdmin]) };

let database: TestDatabase;
let drop: () => Promise<void>;
/** Users who were told of a role, with the role. */
const told: [number, UserRole][] = [];
let dependencies: Parameters<typeof changeAccount>[0];

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 2);
  const notifyRole: NotifyRole = async ({ id }, role) => {
    told.push([id, role]);
    throw new DeliveryError('gone', 'bot was blocked by the user', undefined);
  };
  dependencies = {
    accounts: createAccounts(database, 'UTC'),
    audit: createAudit(database),
    access,
    notifyRole,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined },
  };
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(async () => {
  told.splice(0);
  await database.user.deleteMany();
  await database.audit.deleteMany();
  for (const user of [configuredAdmin, admin, otherAdmin, sara])
    await dependencies.accounts.upsert(upload({ user }).user);
  for (const id of [admin, otherAdmin]) await dependencies.accounts.setRole(id, 'ADMIN');
});

const change = (...[actor, subject, what]: [number, number, Parameters<typeof changeAccount>[3]]) =>
  changeAccount(dependencies, actor, subject, what);
const block = { action: 'block' } as const;
const makeAdmin = { action: 'role', role: 'ADMIN' } as const;
const found = async (id: number) => {
  const account = await dependencies.accounts.find(id);
  if (account === null) throw new Error('nobody');
  return account;
};

describe('an admin', () => {
  test('an admin blocks and unblocks a user; both are in the audit log', async () => {
    expect(await change(admin, sara, block)).toBe('done');
    expect(decideAccess(await found(sara), access)).toBe('blocked');
    expect(await change(admin, sara, block)).toBe('already');
    expect(await change(admin, sara, { action: 'unblock' })).toBe('done');
    expect(decideAccess(await found(sara), access)).toBe('welcome');
    const log = await database.audit.findMany({ orderBy: { id: 'asc' } });
    expect(log.map(({ actorId, action, subject }) => [Number(actorId), action, subject])).toEqual([
      [admin, 'block', String(sara)],
      [admin, 'unblock', String(sara)],
    ]);
  });

  test('an admin admits a user without an invitation', async () => {
    const byInvitation: AccessRules = { ...access, access: 'invitation' };
    expect(decideAccess(await found(sara), byInvitation)).toBe('uninvited');
    expect(await change(admin, sara, { action: 'admit' })).toBe('done');
    expect(decideAccess(await found(sara), byInvitation)).toBe('welcome');
    expect(await change(admin, sara, { action: 'admit' })).toBe('already');
  });

  test('an admin sets a user’s own quota', async () => {
    expect(await change(admin, sara, { action: 'quota', quota: { minutesADay: 30 } })).toBe('done');
    expect((await found(sara)).quota).toEqual({ minutesADay: 30, minutesAMonth: null, maxOpenFiles: null });
    expect((await database.audit.findFirstOrThrow()).details).toEqual({ minutesADay: 30 });
  });

  test('an admin cannot change the operator’s account, another admin, themselves, or who is an admin', async () => {
    for (const subject of [configuredAdmin, otherAdmin, admin]) {
      expect(await change(admin, subject, block)).toBe('protected');
    }
    expect(await change(admin, sara, makeAdmin)).toBe('protected');
    expect(await database.audit.count()).toBe(0);
  });

  test('an admin loses the role when blocked', async () => {
    expect(isAdmin(await found(admin), access)).toBe(true);
    expect(await change(configuredAdmin, admin, block)).toBe('done');
    expect(isAdmin(await found(admin), access)).toBe(false);
  });
});

describe('an admin named in ADMIN_IDS', () => {
  test('an admin named in ADMIN_IDS decides who is an admin', async () => {
    expect(await change(configuredAdmin, sara, makeAdmin)).toBe('done');
    expect(isAdmin(await found(sara), access)).toBe(true);
    expect(await change(configuredAdmin, sara, { action: 'role', role: 'USER' })).toBe('done');
    expect(isAdmin(await found(sara), access)).toBe(false);
  });

  test('an admin named in ADMIN_IDS is an admin regardless of the database', async () => {
    expect(await change(configuredAdmin, configuredAdmin, block)).toBe('protected');
    await dependencies.accounts.setBlocked(configuredAdmin, true);
    expect(isAdmin(await found(configuredAdmin), access)).toBe(true);
    expect(decideAccess(await found(configuredAdmin), access)).toBe('welcome');
  });

  test('an admin named in ADMIN_IDS cannot change an account that does not exist', async () => {
    expect(await change(configuredAdmin, stranger, block)).toBe('unknown');
  });
});
