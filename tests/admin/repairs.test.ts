import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { createLogger } from '../../src/runtime/log.ts';
import { createRecentLines } from '../../src/runtime/recent-lines.ts';
import { AdminBrowser, servedAdmin } from '../support/admin-browser.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir, token } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;
const config = requireRole(
  loadConfig({ BOT_TOKEN: token, DATABASE_URL: 'postgresql://nobody@127.0.0.1/none', TIME_ZONE: 'UTC' }),
);

let dabir: ScriptedDabir;
let adminUser: Person;
let sara: Person;
let admin: AdminBrowser;

beforeAll(async () => {
  dabir = await startScriptedDabir();
  adminUser = await dabir.person('Mina', 'en');
  await adminUser.says('/queue');
  await adminUser.reads(adminUser.word('queue-empty'));
  await dabir.shared.accounts.setRole(adminUser.id, 'ADMIN');
  sara = await dabir.person('Sara', 'en');
});
afterAll(() => dabir?.close());

beforeEach(async () => {
  admin = await AdminBrowser.signedIn(await servedAdmin(config, dabir.shared), dabir.shared, adminUser.id);
  admin.cookies.set('language', 'en');
});

const text = async (path: string) => (await admin.get(path)).text();
const post = async (path: string, fields: Record<string, string> = {}) =>
  admin.post(path, { form: await admin.formKey(), ...fields });
const rowOf = (person: Person, note: number) =>
  dabir.shared.database.transcription.findFirstOrThrow({ where: { userId: person.id, messageId: note } });
const stateOf = async (id: bigint) =>
  (await dabir.shared.database.transcription.findUnique({ where: { id } }))?.state ?? 'gone';

describe('the page of a file', () => {
  test('the page of a file shows every state with its worker, why an attempt failed, and which messages were sent', async () => {
    dabir.engine.next({ fails: new DabirError('engine_failed', 'scripted') });
    dabir.engine.next({ says: ['a secret of theirs'] });
    const { note } = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(note)).toMatch(/^✓/);
    const { id } = await rowOf(sara, note);
    // The mark of the last message is written a moment after the message.
    await until(async () => !(await text(`/now/${id}`)).includes('data-well="false"'));
    const page = await text(`/now/${id}`);
    const states = [...page.matchAll(/<tr data-state="(\w+)"/g)].map((match) => match[1]);
    expect(states).toEqual(['CHOOSING', 'QUEUED', 'PROCESSING', 'QUEUED', 'PROCESSING', 'COMPLETED']);
    expect(page).toMatch(/attempt 1.*attempt 2/s);
    expect(page).toMatch(/<code>[\w.-]+:\d+:[\da-f]{6}<\/code>/);
    expect(page.match(/<code>engine_failed<\/code>/g)).toHaveLength(1);
    expect(page).toMatch(/<bdi>album<\/bdi>/);
    expect(page).toMatch(/<bdi>status<\/bdi>/);
    expect(page).not.toContain('a secret of theirs');
  });

  test('the page of a file is linked from the list, the user’s files and the audit log', async () => {
    const note = await sara.sends('tone.ogg', voice);
    await sara.status(note);
    const { id } = await rowOf(sara, note);
    expect((await post(`/now/${id}/cancel`)).status).toBe(303);
    for (const path of ['/now', `/now?search=${sara.id}`, '/audit'])
      expect(await text(path), path).toContain(`href="/admin/now/${id}"`);
    expect(await text(`/now/${id}`)).toContain(`href="/admin/users/${sara.id}"`);
  });
});

describe('all files of a filter', () => {
  const failed = async (person: Person) => {
    dabir.engine.next({ fails: new DabirError('engine_rejected', 'scripted') });
    const { note } = await person.asksFor('tone.ogg', voice);
    expect(await person.ending(note)).toMatch(/^✗/);
    return rowOf(person, note);
  };
  /** Makes the requested change due now, instead of in ten seconds. */
  const beginsNow = () =>
    dabir.shared.database.bulkChange.updateMany({
      where: { state: 'OPEN' },
      data: { startsAt: new Date(0) },
    });
  const changeOf = (location: string | null) => Number(/changes\/(\d+)$/.exec(location ?? '')?.[1]);

  test('all failed files of a filter are retried in order of arrival, after the count was confirmed', async () => {
    const person = await dabir.person('Omid', 'en');
    const rows = [await failed(person), await failed(person), await failed(person)];
    const filter = `state=FAILED&search=${person.id}`;
    expect(await text(`/now?${filter}`)).toContain(
      `/admin/bulk-changes/new?${filter.replace('&', '&amp;')}&amp;action=retry`,
    );
    expect(await text(`/bulk-changes/new?${filter}&action=retry`)).toContain(
      '3 failed files will be retried.',
    );
    const asked = await post(`/bulk-changes?${filter}&action=retry`);
    expect(asked.status).toBe(303);
    const id = changeOf(asked.headers.get('location'));
    expect(await text(`/bulk-changes/${id}`)).toContain('data-change="waiting"');
    expect(await text('/now')).toContain(`href="/admin/bulk-changes/${id}"`);
    await beginsNow();
    await until(async () => (await text(`/bulk-changes/${id}/state`)).includes('data-change="done"'));
    expect(await text(`/bulk-changes/${id}/state`)).toContain('Retried so far: 3.');
    for (const row of rows) await until(async () => (await stateOf(row.id)) === 'COMPLETED');
    const again = await dabir.shared.database.transcription.findMany({
      where: { userId: person.id },
      orderBy: { seq: 'asc' },
    });
    expect(again.map((row) => row.id)).toEqual(rows.map((row) => row.id));
    const kept = await dabir.shared.database.audit.findMany({
      where: { actorId: adminUser.id, action: { in: ['bulk-retry', 'file-retry'] } },
    });
    expect(kept.map(({ action }) => action).toSorted()).toEqual([
      'bulk-retry',
      'file-retry',
      'file-retry',
      'file-retry',
    ]);
  });

  test('all open files of a filter are cancelled, the running one too, and other users’ files are not', async () => {
    const [nika, other] = [await dabir.person('Nika', 'en'), await dabir.person('Other', 'en')];
    dabir.engine.next({ holds: true });
    const running = await nika.asksFor('tone.ogg', voice);
    await until(async () => (await stateOf((await rowOf(nika, running.note)).id)) === 'PROCESSING');
    await nika.asksFor('tone.ogg', voice);
    await nika.status(await nika.sends('tone.ogg', voice));
    const theirs = await other.sends('tone.ogg', voice);
    await other.status(theirs);
    expect(await text(`/bulk-changes/new?state=OPEN&search=${nika.id}&action=cancel`)).toContain(
      '3 files will be cancelled.',
    );
    const asked = await post(`/bulk-changes?state=OPEN&search=${nika.id}&action=cancel`);
    // Files that arrive later are not included.
    const later = await nika.sends('tone.ogg', voice);
    await nika.status(later);
    await beginsNow();
    const id = changeOf(asked.headers.get('location'));
    await until(async () => (await text(`/bulk-changes/${id}/state`)).includes('data-change="done"'));
    const states = async () =>
      (
        await dabir.shared.database.transcription.findMany({
          where: { userId: nika.id },
          orderBy: { id: 'asc' },
        })
      ).map(({ state }) => state);
    await until(
      async () => (await states()).join() === ['CANCELLED', 'CANCELLED', 'CANCELLED', 'CHOOSING'].join(),
    );
    await nika.reads(nika.word('status-cancelled'), running.note);
    expect(await stateOf((await rowOf(other, theirs)).id)).toBe('CHOOSING');
  });

  test('all files of a filter stay as they are when the change is undone before it begins', async () => {
    const person = await dabir.person('Roya', 'en');
    const note = await person.sends('tone.ogg', voice);
    await person.status(note);
    const asked = await post(`/bulk-changes?search=${person.id}&action=cancel`);
    const id = changeOf(asked.headers.get('location'));
    expect((await post(`/bulk-changes/${id}/undo`)).status).toBe(303);
    expect(await text(`/bulk-changes/${id}`)).toContain('data-change="stopped"');
    await beginsNow();
    await dabir.shared.database.bulkChange.updateMany({ where: { id }, data: { startsAt: new Date(0) } });
    expect(await dabir.shared.bulkChanges.lease('a test', 1000)).toBeNull();
    expect(await stateOf((await rowOf(person, note)).id)).toBe('CHOOSING');
    expect(await dabir.shared.database.audit.count({ where: { action: 'bulk-undo' } })).toBe(1);
  });

  test('all files of a filter are changed by known actions only: an unknown action or number gets 404', async () => {
    expect((await admin.get('/bulk-changes/new?action=delete')).status).toBe(404);
    expect((await post('/bulk-changes?action=delete')).status).toBe(404);
    for (const id of ['0', '999999', 'x', '9'.repeat(40)]) {
      expect((await admin.get(`/bulk-changes/${id}`)).status, id).toBe(404);
      expect((await post(`/bulk-changes/${id}/undo`)).status, id).toBe(404);
    }
  });
});

test('a paused engine gets no new files; users are told, and their files start by themselves after the pause', async () => {
  const person = await dabir.person('Kian', 'en');
  const { pauses, reports } = dabir.shared;
  // A running file continues.
  dabir.engine.next({ holds: true });
  const running = await person.asksFor('tone.ogg', voice);
  await until(async () => (await stateOf((await rowOf(person, running.note)).id)) === 'PROCESSING');
  expect((await post('/engines/local/pause')).status).toBe(303);
  expect(await text('/engines')).toContain('Paused by an admin');
  await until(async () => (await reports.offers())[0]?.readiness.state === 'paused');
  expect(await stateOf((await rowOf(person, running.note)).id)).toBe('PROCESSING');
  await post(`/now/${(await rowOf(person, running.note)).id}/cancel`);
  await until(async () => (await stateOf((await rowOf(person, running.note)).id)) === 'CANCELLED');

  // The picker says so, and a file that is chosen for it keeps its place.
  const note = await person.sends('tone.ogg', voice);
  const { text: question } = await person.status(note);
  expect(question).toContain('is paused; files for it wait');
  const heard = dabir.engine.taken.length;
  const other = await dabir.person('Lale', 'en');
  const { note: waiting, status: shown } = await other.asksFor('tone.ogg', voice);
  await until(() => other.looks(shown).includes(other.word('status-paused')));
  // A worker that has read the pause claims nothing, even with a token.
  const { id } = await rowOf(other, waiting);
  const lane = await dabir.shared.database.lane.findFirstOrThrow({ where: { activeId: id } });
  await dabir.shared.tokens.send({ id: Number(id), fence: lane.fence, engine: 'local' });
  expect(await text('/now?state=QUEUED')).toContain(`id="file-${id}"`);
  expect(dabir.engine.taken.length).toBe(heard);

  expect((await post('/engines/local/resume')).status).toBe(303);
  expect(await other.ending(waiting)).toMatch(/^✓/);
  expect(await pauses.list()).toEqual([]);
  const kept = await dabir.shared.database.audit.findMany({
    where: { subject: 'local' },
    orderBy: { id: 'asc' },
  });
  expect(kept.map(({ action }) => action)).toEqual(['engine-pause', 'engine-resume']);
  expect((await post('/engines/nothing/pause')).status).toBe(404);
});

test('a delivery that Telegram refuses is listed with its error, and sent when an admin says so', async () => {
  const person = await dabir.person('Nava', 'en');
  const { database } = dabir.shared;
  expect(await text('/answers')).toContain('Every answer has been sent.');
  dabir.playground.faults.set('sendMessage', { kind: 'status', status: 500 });
  const note = await person.sends('tone.ogg', voice);
  await until(async () => (await database.transcription.count({ where: { userId: person.id } })) === 1);
  dabir.playground.faults.clear();
  const { message_id: picker } = await person.status(note);
  // The edit of the status message into the text.
  dabir.playground.faults.set('editMessageText', { kind: 'status', status: 403 });
  await person.presses(picker, 'LOCAL');
  const { id } = await rowOf(person, note);
  await until(async () => (await text('/answers')).includes(`id="answer-${id}"`));
  expect(await text('/answers')).toMatch(/bot was blocked by the user/);
  expect(await text(`/now/${id}`)).toContain('No more automatic attempts.');
  dabir.playground.faults.clear();
  expect((await post(`/answers/${id}/retry`)).status).toBe(303);
  expect(await person.ending(note)).toMatch(/^✓/);
  await until(async () => (await text('/answers')).includes('Every answer has been sent.'));
  expect(await database.audit.count({ where: { action: 'answer-retry', subject: `file ${id}` } })).toBe(1);
});

describe('sessions', () => {
  test('sessions of admins are listed with address and time; each can be signed out, and all of one’s own at once', async () => {
    const other = await AdminBrowser.signedIn(admin.base, dabir.shared, adminUser.id);
    const page = await text('/sessions');
    expect(page).toContain('this browser');
    expect(page).toContain('<code>127.0.0.1</code>');
    const others = [...page.matchAll(/action="\/admin\/sessions\/(\d+)\/close"/g)].map((match) => match[1]);
    expect((await other.get('/now')).status).toBe(200);
    for (const id of others) expect((await post(`/sessions/${id}/close`)).status).toBe(303);
    expect((await other.get('/now')).status).toBe(401);
    const third = await AdminBrowser.signedIn(admin.base, dabir.shared, adminUser.id);
    expect((await post('/leave', { everywhere: 'yes' })).status).toBe(303);
    expect((await third.get('/now')).status).toBe(401);
    expect((await admin.get('/now')).status).toBe(401);
  });

  test('sessions of other admins are neither shown to an ordinary admin nor closed by one', async () => {
    const nima = await dabir.person('Nima', 'en');
    await nima.says('/queue');
    await nima.reads(nima.word('queue-empty'));
    await dabir.shared.accounts.setRole(nima.id, 'ADMIN');
    const theirs = await AdminBrowser.signedIn(admin.base, dabir.shared, nima.id);
    const { id } = await dabir.shared.database.adminSession.findFirstOrThrow({ where: { userId: nima.id } });
    expect(await text('/sessions')).not.toContain(`id="session-${id}"`);
    expect((await post(`/sessions/${id}/close`)).status).toBe(404);
    expect((await theirs.get('/now')).status).toBe(200);

    // An admin named in ADMIN_IDS sees everybody's.
    const operated = await servedAdmin(
      { ...config, ADMIN_IDS: new Set([adminUser.id]) },
      { ...dabir.shared, access: { ...dabir.shared.access, adminIds: new Set([adminUser.id]) } },
    );
    const boss = await AdminBrowser.signedIn(operated, dabir.shared, adminUser.id);
    expect(await (await boss.get('/sessions')).text()).toContain(`id="session-${id}"`);
    const form = await boss.formKey();
    expect((await boss.post(`/sessions/${id}/close`, { form })).status).toBe(303);
    expect((await theirs.get('/now')).status).toBe(401);
  });
});

describe('log lines', () => {
  test('log lines of a file are on its page and warnings are in the log’s tail, without secrets, and they are deleted with the file', async () => {
    const note = await sara.sends('tone.ogg', voice);
    await sara.status(note);
    const { id } = await rowOf(sara, note);
    const recent = createRecentLines();
    const log = createLogger({ ...config, LOG_LEVEL: 'info' }, 'worker', recent.add);
    log.info({ transcription: Number(id), state: 'PROCESSING' }, 'processing <b>');
    log.info({ engine: 'local' }, 'about no file');
    log.warn({ transcription: Number(id), cause: `refused ${token}` }, 'answer not sent');
    log.warn({ engine: 'local' }, 'circuit changed');
    const lines = recent.take(10);
    expect(lines.map(({ message }) => message)).toEqual([
      'processing <b>',
      'answer not sent',
      'circuit changed',
    ]);
    await dabir.shared.logLines.add(lines);
    const page = await text(`/now/${id}`);
    expect(page).toContain('processing &lt;b&gt;');
    expect(page).toMatch(/answer not sent.*cause=refused \[secret\]/s);
    expect(page).not.toContain('circuit changed');
    expect(page).not.toContain(token);
    const tail = await text('/lines');
    expect(tail).toContain('circuit changed');
    expect(tail).not.toContain('processing');
    expect(await text('/lines?all=yes')).toContain('processing');
    await post(`/now/${id}/delete`);
    // A line that comes too late for a deleted file is left out; the other lines are kept.
    await dabir.shared.logLines.add(lines);
    expect(await text('/lines?all=yes')).not.toContain('processing');
    expect((await text('/lines')).split('circuit changed')).toHaveLength(3);
  });

  test('log lines are bounded in number, in memory and in the database', async () => {
    const recent = createRecentLines();
    const base = { level: 40, time: 0, role: 'bot', host: 'here', pid: 1 };
    for (let line = 0; line < 1_200; line += 1) recent.add(JSON.stringify({ ...base, msg: `line ${line}` }));
    recent.add('no JSON "transcription":');
    const waiting = recent.take(2_000);
    expect(waiting).toHaveLength(1_000);
    expect(waiting.at(-1)?.message).toBe('line 1199');
    recent.putBack(waiting);
    expect(recent.take(2_000)).toEqual(waiting);
    await dabir.shared.logLines.add(waiting);
    await dabir.shared.logLines.prune(10);
    expect((await dabir.shared.logLines.tail(50, false)).map(({ message }) => message)).toEqual(
      waiting
        .slice(-10)
        .toReversed()
        .map(({ message }) => message),
    );
  });
});

test('the first thing on the admin page is whether all is well, and what is at a standstill', async () => {
  const { database } = dabir.shared;
  // Engine and worker rest after earlier tests, so only the backup needs attention.
  await until(async () => (await text('/system/summary')).split('data-health="warning"').length === 3);
  const noBackup = await text('/now');
  expect(noBackup).toMatch(/class="summary" data-health="warning"/);
  expect(noBackup).toMatch(/data-warning="backup".*No backup yet.*npm run backup/s);
  await database.execute`
    INSERT INTO backup ("startedAt", "endedAt", bytes, rows, host, file)
    VALUES (now(), now() - interval '3 days', 1, 1, 'here', 'a file')`;
  const note = await sara.sends('tone.ogg', voice);
  await sara.status(note);
  await database.execute`UPDATE reading SET "takenAt" = NULL, readings = NULL, "claimedAt" = now() - interval '1 hour'`;
  await until(async () => (await text('/system/summary')).includes('data-standstill="backup-old"'));
  const still = await text('/system/summary');
  expect(still).toMatch(/class="summary" data-health="failed"/);
  expect(still).toContain('npm run backup');
});
