import { expect, test } from 'vitest';
import {
  type AccessRules,
  type Account,
  decideAccess,
  isAdmin,
  mayChange,
} from '../../src/domain/account.ts';

const operator = 1;
const rules = (access: AccessRules['access']): AccessRules => ({
  access,
  allowedIds: new Set([7]),
  adminIds: new Set([operator]),
});

function account(id: number, more: Partial<Account> = {}): Account {
  return {
    id,
    firstName: 'Sara',
    lastName: null,
    username: null,
    languageCode: null,
    chosenLanguage: null,
    role: 'USER',
    createdAt: new Date(0),
    lastSeenAt: null,
    blockedAt: null,
    admittedAt: null,
    wantsBroadcasts: true,
    quota: { minutesADay: null, minutesAMonth: null, maxOpenFiles: null },
    ...more,
  };
}
const blocked = { blockedAt: new Date(0) };
const admitted = { admittedAt: new Date(0) };
const admin = { role: 'ADMIN' } as const;

test.each([
  ['a new user of an open bot', 'open', account(5), 'welcome'],
  ['a new user of a bot by invitation', 'invitation', account(5), 'uninvited'],
  ['an admitted user of a bot by invitation', 'invitation', account(5, admitted), 'welcome'],
  ['a new user of a bot with an allow-list', 'allow-list', account(5), 'unlisted'],
  ['an admitted user of a bot with an allow-list', 'allow-list', account(5, admitted), 'unlisted'],
  ['a listed user of a bot by invitation', 'invitation', account(7), 'welcome'],
  ['a listed user of a bot with an allow-list', 'allow-list', account(7), 'welcome'],
  ['a listed user who is blocked', 'allow-list', account(7, blocked), 'blocked'],
  ['an admin of a bot by invitation', 'invitation', account(5, admin), 'welcome'],
  ['an admin of a bot with an allow-list', 'allow-list', account(5, admin), 'welcome'],
  ['an admin who is blocked', 'open', account(5, { ...admin, ...blocked }), 'blocked'],
  ['a user in ADMIN_IDS, even if blocked', 'allow-list', account(operator, blocked), 'welcome'],
] as const)('the access rules decide on %s (%s)', (_who, access, user, decision) => {
  expect(decideAccess(user, rules(access))).toBe(decision);
});

test('an admin is a user in ADMIN_IDS, or one with the role who is not blocked', () => {
  const isAdminOf = (user: Account) => isAdmin(user, rules('open'));
  expect(isAdminOf(account(operator, blocked))).toBe(true);
  expect(isAdminOf(account(5, admin))).toBe(true);
  expect(isAdminOf(account(5, { ...admin, ...blocked }))).toBe(false);
  expect(isAdminOf(account(5))).toBe(false);
});

test.each([
  ['an operator', operator, account(5), [true, true]],
  ['an operator, of an admin', operator, account(5, admin), [true, true]],
  ['an operator, of their own account', operator, account(operator), [true, false]],
  ['an admin', 2, account(5), [true, false]],
  ['an admin, of another admin', 2, account(5, admin), [false, false]],
  ['an admin, of an operator', 2, account(operator), [false, false]],
] as const)(
  'the access rules say whether %s may change the account and the role',
  (_who, actor, subject, expected) => {
    const may = (what: 'account' | 'role') => mayChange(actor, subject, what, rules('open'));
    expect([may('account'), may('role')]).toEqual(expected);
  },
);
