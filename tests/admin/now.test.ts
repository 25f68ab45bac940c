// The fault numbers in titles are those of docs/faults.md.

import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { createFiles } from '../../src/store/admin/files.ts';
import { AdminBrowser, servedAdmin } from '../support/admin-browser.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir, token } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;
/** A name for users and files that tries to break out of text into markup. */
const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;

let dabir: ScriptedDabir;
let adminUser: Person;
let sara: Person;
let base: string;
let admin: AdminBrowser;

beforeAll(async () => {
  dabir = await startScriptedDabir();
  adminUser = await dabir.person('Mina', 'en');
  await adminUser.says('/queue');
  await adminUser.reads(adminUser.word('queue-empty'));
  await dabir.shared.accounts.setRole(adminUser.id, 'ADMIN');
  sara = await dabir.person(hostile.slice(0, 60), 'en');
});
afterAll(() => dabir.close());

const config = () =>
  requireRole(
    loadConfig({ BOT_TOKEN: token, DATABASE_URL: 'postgresql://nobody@127.0.0.1/none', TIME_ZONE: 'UTC' }),
  );

beforeEach(async () => {
  base = await servedAdmin(config(), dabir.shared);
  admin = await AdminBrowser.signedIn(base, dabir.shared, adminUser.id);
});

const stateOf = async (id: bigint) =>
  (await dabir.shared.database.transcription.findUnique({ where: { id } }))?.state ?? 'gone';
const rowOf = async (note: number) =>
  dabir.shared.database.transcription.findFirstOrThrow({ where: { userId: sara.id, messageId: note } });
const act = async (id: bigint, action: string, fields: Record<string, string> = {}) =>
  (await admin.post(`/now/${id}/${action}`, { form: await admin.formKey(), ...fields })).status;
const rowsIn = (html: string) => [...html.matchAll(/<tr id="file-(\d+)"/g)].map((match) => Number(match[1]));

describe('an action of an admin takes effect in the user’s chat and is kept in the audit log:', () => {
  test('an admin cancels a running file: the user’s chat shows it, and the audit log keeps it', async () => {
    dabir.engine.next({ holds: true });
    const { note } = await sara.asksFor('tone.ogg', voice);
    const { id } = await rowOf(note);
    // A file that is cancelled before the engine has it would leave its script to the next one.
    await until(() => dabir.engine.taken.length > 0);
    expect(await act(id, 'cancel')).toBe(303);
    await sara.reads(sara.word('status-cancelled'), note);
    expect(await stateOf(id)).toBe('CANCELLED');
    expect(await act(id, 'cancel')).toBe(409);
    const audit = await dabir.shared.database.audit.findFirst({ where: { subject: `file ${id}` } });
    expect(audit).toMatchObject({
      actorId: BigInt(adminUser.id),
      action: 'file-cancel',
      details: { owner: sara.id },
    });
  });

  test('an admin retries a failed file and deletes a completed one: the user’s chat shows it, and the audit log keeps it', async () => {
    dabir.engine.next({ fails: new DabirError('engine_rejected', 'scripted') });
    const { note } = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(note)).toMatch(/^✗/);
    const { id } = await rowOf(note);
    expect(await act(id, 'retry')).toBe(303);
    await until(async () => (await stateOf(id)) === 'COMPLETED');
    expect(await act(id, 'retry')).toBe(409);
    expect(await act(id, 'delete')).toBe(303);
    await sara.reads(sara.word('status-deleted'), note);
    expect(await stateOf(id)).toBe('gone');
    expect(await act(id, 'delete')).toBe(404);
  });

  test('an admin picks an engine for a file without one: the user’s chat shows it, and the audit log keeps it', async () => {
    const note = await sara.sends('tone.ogg', voice);
    await sara.status(note);
    const { id } = await rowOf(note);
    expect(await act(id, 'engine', { engine: 'nobody' })).toBe(404);
    expect(await act(id, 'engine', { engine: 'local' })).toBe(303);
    expect(await sara.ending(note)).toMatch(/^✓/);
  });
});

test('a file’s number opens nothing more than it should (IDOR): an unknown one is not found', async () => {
  for (const id of ['0', '-1', '99999999', '1e3', 'x', '1%20OR%201=1', '9'.repeat(40)]) {
    expect((await admin.get(`/now/${id}`)).status, id).toBe(404);
    expect((await admin.post(`/now/${id}/delete`, { form: await admin.formKey() })).status, id).toBe(404);
  }
});

describe('text from users on every page (XSS):', () => {
  test.each([
    ['a file’s name', { kind: 'document', name: `${hostile}.ogg` } as const],
    ['a sender’s name', { kind: 'voice', forward: hostile } as const],
  ])('XSS: %s stays text on every page that shows it', async (_name, sending) => {
    const note = await sara.sends('tone.ogg', sending);
    await sara.status(note);
    const { id } = await rowOf(note);
    for (const path of ['/now', `/now/${id}`, `/now?search=${encodeURIComponent(hostile)}`]) {
      const html = await (await admin.get(path)).text();
      expect(html, path).not.toMatch(/<script>|<img/i);
    }
  });

  test('a transcript is on no list, page or CSV file where admins may not read it', async () => {
    dabir.engine.next({ says: ['a secret of theirs'] });
    const { note } = await sara.asksFor('tone.ogg', voice);
    await sara.ending(note);
    const { id } = await rowOf(note);
    for (const path of ['/now', `/now/${id}`, '/now/files.csv'])
      expect(await (await admin.get(path)).text()).not.toContain('a secret of theirs');
  });
});

test('transcripts are shown only where the operator lets admins read them, and each look is logged', async () => {
  dabir.engine.next({ says: ['between us', '<i>both</i>'] });
  const { note } = await sara.asksFor('tone.ogg', voice);
  await sara.ending(note);
  const { id } = await rowOf(note);
  expect((await admin.get(`/now/${id}/text`)).status).toBe(404);

  const base = await servedAdmin({ ...config(), ADMIN_SEES_TRANSCRIPTS: true }, dabir.shared);
  const reader = await AdminBrowser.signedIn(base, dabir.shared, adminUser.id);
  const html = await (await reader.get(`/now/${id}/text`)).text();
  expect(html).toContain('between us &lt;i&gt;both&lt;/i&gt;');
  const kept = await dabir.shared.database.audit.findMany({ where: { action: 'read-transcript' } });
  expect(kept).toMatchObject([
    { actorId: BigInt(adminUser.id), subject: `file ${id}`, details: { owner: sara.id } },
  ]);
  expect((await reader.get('/now/999999/text')).status).toBe(404);
});

describe('the live list', () => {
  /** Returns what the server sends to a watching browser, until the stream or the test ends. */
  async function watch(browser: AdminBrowser) {
    const { body } = await browser.get('/now/live');
    const received: string[] = [];
    const ended = (async () => {
      for await (const piece of body ?? []) received.push(Buffer.from(piece).toString());
    })();
    ended.catch(() => undefined);
    return { received, ended };
  }

  test('the live list of the admin page ends within seconds for a user who is no longer an admin, and shows no file after that', async () => {
    const nima = await dabir.person('Nima', 'en');
    await nima.says('/queue');
    await nima.reads(nima.word('queue-empty'));
    await dabir.shared.accounts.setRole(nima.id, 'ADMIN');
    const { received, ended } = await watch(await AdminBrowser.signedIn(base, dabir.shared, nima.id));
    await until(() => received.length > 0);
    await dabir.shared.accounts.setRole(nima.id, 'USER');
    const demotedAt = Date.now();
    await ended;
    expect(Date.now() - demotedAt).toBeLessThan(10_000);
    expect(received.at(-1)).toContain('role="alert"');
    expect(received.at(-1)).not.toContain('id="file-');
  });

  test('the live list of the admin page ends for a session that is signed out elsewhere', async () => {
    const browser = await AdminBrowser.signedIn(base, dabir.shared, adminUser.id);
    const { received, ended } = await watch(browser);
    await until(() => received.length > 0);
    await browser.post('/leave', { form: await browser.formKey() });
    await ended;
    expect(received.at(-1)).toContain('role="alert"');
  });

  test('the live list of the admin page is sent again when a file changes, and not while files only wait', async () => {
    const note = await sara.sends('tone.ogg', voice);
    await sara.status(note);
    const { id } = await rowOf(note);
    const { received } = await watch(admin);
    await until(() => received.join('').includes(`id="file-${id}"`));
    const before = received.length;
    // The list was polled twice more: each poll checks that the session is still open.
    const { signIns } = dabir.shared.adminPage;
    const looks = vi.spyOn(signIns, 'isValid');
    onTestFinished(() => looks.mockRestore());
    await until(() => looks.mock.calls.length >= 3);
    expect(received.length).toBe(before);
    expect(received.join('')).toMatch(/data-since="[^"]+Z">[\d۰-۹:]+</);
    await act(id, 'cancel');
    await until(() => received.length > before);
    expect(received.slice(before).join('')).toContain('data-state="CANCELLED"');
  });
});

test('names cannot reverse the text of a page or of the CSV', async () => {
  const override = '\u202e';
  const rami = await dabir.person(`Rami${override}nimda`, 'en');
  const note = await rami.sends('tone.ogg', { kind: 'document', name: `song${override}3pm.exe.ogg` });
  await rami.status(note);
  const { id } = await dabir.shared.database.transcription.findFirstOrThrow({
    where: { userId: rami.id, messageId: note },
  });
  for (const path of ['/now', `/now/${id}`, '/users', `/users/${rami.id}`, '/now/files.csv']) {
    const page = await (await admin.get(path)).text();
    expect(page, path).not.toContain(override);
    expect(page, path).toMatch(/Raminimda|song3pm/);
  }
});

test('files are found by number, user, name, state, engine and kind, and split into pages', async () => {
  const note = await sara.sends('tone.mp3', { kind: 'audio', name: 'Budget meeting.mp3' });
  await sara.status(note);
  const { id } = await rowOf(note);
  for (const query of [
    `search=${id}`,
    `search=${sara.id}&kind=audio`,
    'search=budget',
    'state=CHOOSING&kind=audio',
  ]) {
    expect(rowsIn(await (await admin.get(`/now?${query}`)).text()), query).toContain(Number(id));
  }
  for (const query of ['search=nothing-like-it', 'kind=video_note', 'engine=vira'])
    expect(rowsIn(await (await admin.get(`/now?${query}`)).text()), query).toEqual([]);
  const files = createFiles(dabir.shared.database);
  const filter = { state: null, engine: null, kind: null, search: '' };
  const seen: number[] = [];
  for (let before: number | null = null; ; ) {
    const { rows, next } = await files.list(filter, before, 2);
    seen.push(...rows.map((row) => row.id));
    if (next === null) break;
    before = next;
  }
  const all = await dabir.shared.database.transcription.findMany({
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  expect(seen).toEqual(all.map((row) => Number(row.id)));
});

test('fault 22: a cell that a spreadsheet would evaluate is text', async () => {
  const note = await sara.sends('tone.ogg', { kind: 'document', name: '=HYPERLINK("http://evil","x").ogg' });
  await sara.status(note);
  const answer = await admin.get('/now/files.csv');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="dabir-files.csv"');
  const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
  expect(csv.startsWith('\ufeff"file","user",')).toBe(true);
  expect(csv).toContain(`"'=HYPERLINK(""http://evil"",""x"").ogg"`);
  for (const line of csv.trim().split('\r\n').slice(1)) expect(line).not.toMatch(/(^|,)"?[=+@]/);
});
