// The fault numbers in titles are those of docs/faults.md.

import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createKey, createSignInLink, hashOfKey } from '../../src/app/admin/sign-in.ts';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { AdminBrowser, servedAdmin } from '../support/admin-browser.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir, token } from '../support/scripted-dabir.ts';

let dabir: ScriptedDabir;
let adminUser: Person;
let base: string;

beforeAll(async () => {
  dabir = await startScriptedDabir();
  adminUser = await dabir.person('Mina', 'en');
  // First contact makes the account.
  await adminUser.says('/start');
  await adminUser.reads(adminUser.word('start', { name: '\u2068Mina\u2069' }));
  await dabir.shared.accounts.setRole(adminUser.id, 'ADMIN');
});
afterAll(() => dabir.close());

const config = (more: Record<string, string> = {}) =>
  requireRole(
    loadConfig({
      BOT_TOKEN: token,
      DATABASE_URL: 'postgresql://nobody@127.0.0.1/none',
      TIME_ZONE: 'UTC',
      ...more,
    }),
  );
const link = () => createSignInLink(dabir.shared.adminPage.signIns, adminUser.id);

beforeEach(async () => {
  base = await servedAdmin(config(), dabir.shared);
});

test('an admin opens the link from the bot, presses its button and is signed in', async () => {
  const browser = await AdminBrowser.signedIn(base, dabir.shared, adminUser.id);
  const now = await browser.get('/now');
  expect(now.status).toBe(200);
  expect(now.headers.get('cache-control')).toBe('no-store');
  const audit = await dabir.shared.database.audit.findFirst({ where: { action: 'sign-in' } });
  expect(audit?.actorId).toBe(BigInt(adminUser.id));
});

test('without a session every page leads to the sign-in page', async () => {
  const stranger = new AdminBrowser(base);
  for (const path of ['/now', '/now/1', '/now/live', '/now/files.csv', '/anything'])
    expect((await stranger.get(path)).status, path).toBe(401);
  expect((await stranger.post('/now/1/delete', {})).status).toBe(401);
});

describe('fault 27: a sign-in link', () => {
  test('fault 27: a sign-in link survives a link preview, and works once', async () => {
    const word = await link();
    for (let preview = 0; preview < 3; preview += 1) await new AdminBrowser(base).get(`/enter/${word}`);
    const browser = new AdminBrowser(base);
    const mark = await browser.markOf(word);
    expect((await browser.enter(word, mark)).status).toBe(303);
    const replayed = new AdminBrowser(base);
    expect((await replayed.enter(word, await replayed.markOf(word))).status).toBe(403);
    expect((await replayed.get('/now')).status).toBe(401);
  });

  test('fault 27: a sign-in link works only in the browser that opened its page', async () => {
    const word = await link();
    const mark = await new AdminBrowser(base).markOf(word);
    const other = new AdminBrowser(base);
    expect((await other.enter(word, mark)).status).toBe(403);
    await other.markOf(word);
    expect((await other.enter(word, mark)).status).toBe(403);
    expect((await other.get('/now')).status).toBe(401);
  });

  test('fault 27: a sign-in link cannot be guessed, and guessing is throttled', async () => {
    const browser = new AdminBrowser(base);
    const statuses = [];
    for (let guess = 0; guess < 12; guess += 1) {
      const word = createKey();
      statuses.push((await browser.enter(word, await browser.markOf(word))).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(403));
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  test('fault 27: a sign-in link works while strangers send 10,000 attempts to sign in', {
    timeout: 60_000,
  }, async () => {
    const page = await servedAdmin(config({ TRUSTED_PROXIES: '127.0.0.1' }), dabir.shared);
    const ours = '198.51.100.1';
    const statuses = new Map<number, number>();
    // fetch takes half of the processor time of this test.
    const agent = new Agent({ keepAlive: true, maxSockets: 100 });
    onTestFinished(() => agent.destroy());
    const send = async (visitor: string, cookie: string) => {
      const body = new URLSearchParams({ link: createKey(), mark: 'theirs' }).toString();
      const headers = {
        ...{ origin: new URL(page).origin, 'x-forwarded-for': visitor, cookie },
        ...{ 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length },
      };
      const posted = request(`${page}/enter`, { agent, method: 'POST', headers }).end(body);
      const [response] = (await once(posted, 'response')) as [IncomingMessage];
      const { statusCode: status = 0 } = response.resume();
      await once(response, 'end');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    for (let round = 0; round < 100; round += 1) {
      const tries = Array.from({ length: 25 }, (_, index) => [
        // From one address; each from its own; from the whole of one IPv6 network.
        send('203.0.113.1', 'entry=theirs'),
        send(`10.1.${round}.${index}`, 'entry=theirs'),
        send(`2001:db8::${round}:${index}`, 'entry=theirs'),
        // From the admin's own address, but without the cookie: another program, another site's form.
        send(ours, 'entry=another'),
      ]);
      await Promise.all(tries.flat());
    }
    // One attempt for each of 2,500 addresses, ten for one address and ten for one network are looked up.
    // 2,500 have no cookie.
    expect(Object.fromEntries(statuses)).toEqual({ 403: 2_500 + 2_500 + 10 + 10, 429: 2 * 2_490 });

    const word = await link();
    const opened = await fetch(`${page}/enter/${word}`, { headers: { 'x-forwarded-for': ours } });
    const [cookie = ''] = (opened.headers.getSetCookie()[0] ?? '').split(';');
    const [, mark = ''] = cookie.split('=');
    const entered = await fetch(`${page}/enter`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: new URL(page).origin, 'x-forwarded-for': ours, cookie },
      body: new URLSearchParams({ link: word, mark }),
    });
    expect(entered.status).toBe(303);
  });

  test('fault 27: a sign-in link expires after ten minutes, and is refused to a user who is no longer an admin', async () => {
    const late = await link();
    await dabir.shared.database.adminLink.update({
      where: { linkHash: hashOfKey(late) },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    const browser = new AdminBrowser(base);
    expect((await browser.enter(late, await browser.markOf(late))).status).toBe(403);
    const early = await link();
    await dabir.shared.accounts.setRole(adminUser.id, 'USER');
    expect((await browser.enter(early, await browser.markOf(early))).status).toBe(403);
    await dabir.shared.accounts.setRole(adminUser.id, 'ADMIN');
  });

  test('fault 27: a sign-in link is stored as a hash only', async () => {
    const word = await link();
    const rows = await dabir.shared.database.adminLink.findMany();
    expect(
      JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
    ).not.toContain(word);
  });
});

describe('fault 27: a session', () => {
  test('fault 27: a session starts with a new key, also when the browser sent a cookie (fixation)', async () => {
    const browser = new AdminBrowser(base);
    const planted = createKey();
    browser.cookies.set('admin', planted);
    const word = await link();
    await browser.enter(word, await browser.markOf(word));
    expect(browser.cookies.get('admin')).not.toBe(planted);
    const thief = new AdminBrowser(base);
    thief.cookies.set('admin', planted);
    expect((await thief.get('/now')).status).toBe(401);
  });

  test('fault 27: a session rotates its key regularly; the old key works for a moment only', async () => {
    const browser = await AdminBrowser.signedIn(base, dabir.shared, adminUser.id);
    const first = browser.cookies.get('admin') ?? '';
    const age = (minutes: number) =>
      dabir.shared.database.execute`
        UPDATE admin_session SET "changedAt" = "changedAt" - make_interval(mins => ${minutes}::int)`;
    await age(16);
    await browser.get('/now');
    const second = browser.cookies.get('admin') ?? '';
    expect(second).not.toBe(first);
    const late = new AdminBrowser(base);
    late.cookies.set('admin', first);
    expect((await late.get('/now')).status).toBe(200);
    await age(2);
    expect((await late.get('/now')).status).toBe(401);
    expect((await browser.get('/now')).status).toBe(200);
  });

  test('fault 27: a session ends at sign-out, everywhere when asked, and when its user is no longer an admin', async () => {
    const [here, there, elsewhere] = [
      await AdminBrowser.signedIn(base, dabir.shared, adminUser.id),
      await AdminBrowser.signedIn(base, dabir.shared, adminUser.id),
      await AdminBrowser.signedIn(base, dabir.shared, adminUser.id),
    ];
    const key = here.cookies.get('admin') ?? '';
    expect((await here.post('/leave', { form: await here.formKey() })).status).toBe(303);
    here.cookies.set('admin', key);
    expect((await here.get('/now')).status).toBe(401);
    expect((await there.get('/now')).status).toBe(200);
    await there.post('/leave', { form: await there.formKey(), everywhere: 'yes' });
    expect((await elsewhere.get('/now')).status).toBe(401);

    const last = await AdminBrowser.signedIn(base, dabir.shared, adminUser.id);
    await dabir.shared.accounts.setRole(adminUser.id, 'USER');
    expect((await last.get('/now')).status).toBe(401);
    await dabir.shared.accounts.setRole(adminUser.id, 'ADMIN');
    expect((await last.get('/now')).status).toBe(401);
  });

  test('fault 27: a session is a cookie that scripts cannot read, for this host only, and over HTTPS only where the site has HTTPS', async () => {
    const word = await link();
    const plain = new AdminBrowser(base);
    const answer = await plain.enter(word, await plain.markOf(word));
    const [cookie] = answer.headers.getSetCookie().filter((line) => line.startsWith('admin='));
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    const secure = new AdminBrowser(
      await servedAdmin(config({ PUBLIC_URL: 'https://dabir.example.org' }), dabir.shared),
    );
    const opened = await secure.get(`/enter/${await link()}`);
    expect(opened.headers.getSetCookie()[0]).toMatch(
      /^__Host-entry=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(opened.headers.get('strict-transport-security')).toMatch(/max-age=/);
  });
});

describe('fault 27: a form', () => {
  test.each([
    ['from another site', { origin: 'https://evil.example' }, true],
    ['without an origin', {}, true],
    ['of the page itself, without the session’s key', null, false],
  ])('fault 27: a form %s changes nothing (CSRF)', async (_name, headers, hasKey) => {
    const browser = await AdminBrowser.signedIn(base, dabir.shared, adminUser.id);
    const { note } = await adminUser.asksFor('tone.ogg', { kind: 'voice' });
    await adminUser.ending(note);
    const row = await dabir.shared.database.transcription.findFirstOrThrow({
      where: { userId: adminUser.id, messageId: note },
    });
    const form = hasKey ? await browser.formKey() : 'guessed';
    const path = `/now/${row.id}/delete`;
    const answer =
      headers === null ? await browser.post(path, { form }) : await browser.post(path, { form }, headers);
    expect(answer.status).toBe(403);
    expect(await dabir.shared.database.transcription.count({ where: { id: row.id } })).toBe(1);
  });
});

test('no page refers to another host, and none has a script in its HTML', async () => {
  const browser = await AdminBrowser.signedIn(base, dabir.shared, adminUser.id);
  const answer = await browser.get('/now');
  const html = await answer.text();
  for (const [, address = ''] of html.matchAll(/(?:src|href|action|hx-[\w:-]+)="([^"]*)"/g))
    expect(address, address).toMatch(/^(\/admin\b|#|innerMorph|every \ds$)/);
  expect(html).not.toMatch(/<script(?! src=)|\son\w+=|javascript:|style="/i);
  expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/);
  expect(answer.headers.get('x-frame-options')).toBe('DENY');
});

test('the other language leads back to the page that was open, also before the sign-in', async () => {
  const browser = new AdminBrowser(base);
  const path = `/enter/${await link()}`;
  const page = await (await browser.get(path)).text();
  const back = /name="back" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const switched = await browser.post('/language', { language: 'en', back });
  expect(switched.headers.get('location')).toBe(`/admin${path}`);
  const english = await browser.get(path);
  expect(english.status).toBe(200);
  expect(await english.text()).toContain('lang="en"');
  for (const elsewhere of ['https://evil.example/admin/', '//evil.example', '/admin/\r\nx: y', '/other']) {
    const response = await browser.post('/language', { language: 'fa', back: elsewhere });
    expect(response.headers.get('location')).toBe('/admin/now');
  }
});
