import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createUserList } from '../../src/features/accounts/index.ts';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { AdminBrowser, servedAdmin } from '../support/admin-browser.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir, token } from '../support/scripted-dabir.ts';

let dabir: ScriptedDabir;
let mina: Person;
let sara: Person;
let admin: AdminBrowser;

/** Adds a new user with an account. */
async function joins(name: string): Promise<Person> {
  const person = await dabir.person(name, 'en');
  await person.says('/queue');
  await person.reads(person.word('queue-empty'));
  return person;
}

beforeAll(async () => {
  dabir = await startScriptedDabir();
  [mina, sara] = [await joins('Mina'), await joins('Sara "<b>" Rad')];
  await dabir.shared.accounts.setRole(mina.id, 'ADMIN');
});
afterAll(() => dabir.close());

const config = () =>
  requireRole(
    loadConfig({ BOT_TOKEN: token, DATABASE_URL: 'postgresql://nobody@127.0.0.1/none', TIME_ZONE: 'UTC' }),
  );

beforeEach(async () => {
  admin = await AdminBrowser.signedIn(await servedAdmin(config(), dabir.shared), dabir.shared, mina.id);
});

const page = async (path: string) => (await admin.get(path)).text();
const act = async (id: number, action: string, fields: Record<string, string> = {}) =>
  (await admin.post(`/users/${id}/${action}`, { form: await admin.formKey(), ...fields })).status;

test('all users are listed, found by number, @name and name, and their names are shown as text', async () => {
  for (const path of [
    '/users',
    `/users?search=${sara.id}`,
    '/users?search=sara%20%22',
    '/users?search=RAD',
  ]) {
    const html = await page(path);
    expect(html, path).toContain(`/admin/users/${sara.id}`);
    expect(html, path).not.toContain('<b>');
  }
  expect(await page('/users?search=nobody-like-that')).not.toContain('/admin/users/1');
  expect(await page('/users?search=@nobody')).not.toContain('/admin/users/1');
});

test('a blocked user is told so by the bot until unblocked', async () => {
  expect(await act(sara.id, 'block')).toBe(303);
  expect(await page(`/users/${sara.id}`)).toContain('/unblock"');
  await sara.says('/queue');
  await sara.reads(sara.word('access-blocked'));
  expect(await act(sara.id, 'unblock')).toBe(303);
  const audit = await dabir.shared.database.audit.findMany({ where: { subject: String(sara.id) } });
  expect(audit.map(({ actorId, action }) => [Number(actorId), action])).toEqual([
    [mina.id, 'block'],
    [mina.id, 'unblock'],
  ]);
});

test('a user without an invitation can be admitted', async () => {
  const access = { ...dabir.shared.access, access: 'invitation' } as const;
  const base = await servedAdmin(config(), { ...dabir.shared, access });
  const browser = await AdminBrowser.signedIn(base, dabir.shared, mina.id);
  const omid = await joins('Omid');
  expect(await (await browser.get(`/users/${omid.id}`)).text()).toContain('/admit"');
  await browser.post(`/users/${omid.id}/admit`, { form: await browser.formKey() });
  expect((await dabir.shared.accounts.find(omid.id))?.admittedAt).not.toBeNull();
  expect(await (await browser.get(`/users/${omid.id}`)).text()).not.toContain('/admit"');
});

test('a quota is set and reset to the default; an invalid one is refused', async () => {
  expect(
    await act(sara.id, 'quota', { minutesADay: '45', minutesAMonth: 'unlimited', maxOpenFiles: '' }),
  ).toBe(303);
  expect((await dabir.shared.accounts.find(sara.id))?.quota).toEqual({
    minutesADay: 45,
    minutesAMonth: 'unlimited',
    maxOpenFiles: null,
  });
  expect(await act(sara.id, 'quota', { minutesADay: '۳۰', minutesAMonth: '٣٠٠', maxOpenFiles: '۱۲' })).toBe(
    303,
  );
  expect((await dabir.shared.accounts.find(sara.id))?.quota).toEqual({
    minutesADay: 30,
    minutesAMonth: 300,
    maxOpenFiles: 12,
  });
  for (const minutesADay of ['0x10', '۱٫۵', '-1', '1.5', 'many', '1e9'])
    expect(await act(sara.id, 'quota', { minutesADay }), minutesADay).toBe(409);
  expect(await act(sara.id, 'quota', { maxOpenFiles: 'unlimited' })).toBe(409);
  expect(await act(sara.id, 'quota', {})).toBe(303);
  expect((await dabir.shared.accounts.find(sara.id))?.quota.minutesADay).toBeNull();
});

test('no admin changes their own role, or makes admins without being named in ADMIN_IDS (IDOR)', async () => {
  expect(await act(mina.id, 'block')).toBe(409);
  expect(await act(sara.id, 'promote')).toBe(409);
  expect((await dabir.shared.accounts.find(sara.id))?.role).toBe('USER');
  for (const id of ['0', '-5', 'x', '1 OR 1=1', '99999999999'])
    expect((await admin.get(`/users/${encodeURIComponent(id)}`)).status, id).toBe(404);
});

test('a user who becomes an admin on the page, or is none any longer, is told so by the bot', async () => {
  const access = { ...dabir.shared.access, adminIds: new Set([mina.id]) };
  const base = await servedAdmin(config(), { ...dabir.shared, access });
  const browser = await AdminBrowser.signedIn(base, dabir.shared, mina.id);
  const omid = await joins('Omid');
  // The button is behind a question.
  expect(await (await browser.get(`/users/${omid.id}`)).text()).toMatch(/<details>.*promote"/su);
  await browser.post(`/users/${omid.id}/promote`, { form: await browser.formKey() });
  await omid.reads(omid.word('admin-chat-told-ADMIN'));
  await browser.post(`/users/${omid.id}/demote`, { form: await browser.formKey() });
  await omid.reads(omid.word('admin-chat-told-USER'));
});

test('pages of users follow each other without gaps or duplicates', async () => {
  const users = createUserList(dabir.shared.database);
  const seen: number[] = [];
  for (let before = null as Parameters<typeof users.list>[1]; ; ) {
    const { rows, next } = await users.list('', before, 1);
    seen.push(...rows.map(({ id }) => id));
    if (next === null) break;
    before = next;
  }
  const all = await dabir.shared.database.user.findMany({ select: { id: true } });
  expect(seen.toSorted()).toEqual(all.map(({ id }) => Number(id)).toSorted());
});
