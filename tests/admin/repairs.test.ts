import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig, requireRole } from '../../src/config.ts';
import { DabirError } from '../../src/domain/errors.ts';
import { AdminBrowser, servedAdmin } from '../support/admin-browser.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir, token } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;
const config = requireRole(
  loadConfig({ BOT_TOKEN: token, DATABASE_URL: 'postgresql://nobody@127.0.0.1/none', TIME_ZONE: 'UTC' }),
);

let dabir: ScriptedDabir;
let operator: Person;
let sara: Person;
let admin: AdminBrowser;

beforeAll(async () => {
  dabir = await startScriptedDabir();
  operator = await dabir.person('Mina', 'en');
  await operator.says('/queue');
  await operator.reads(operator.word('queue-empty'));
  await dabir.shared.accounts.setRole(operator.id, 'ADMIN');
  sara = await dabir.person('Sara', 'en');
});
afterAll(() => dabir?.close());

beforeEach(async () => {
  admin = await AdminBrowser.signedIn(await servedAdmin(config, dabir.shared), dabir.shared, operator.id);
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
  test('tells every state with its worker, why an attempt failed, and which messages were sent', async () => {
    dabir.engine.next({ fails: new DabirError('engine_failed', 'scripted') });
    dabir.engine.next({ says: ['a secret of theirs'] });
    const { note } = await sara.asksFor('tone.ogg', voice);
    expect(await sara.ending(note)).toMatch(/^✓/);
    const { id } = await rowOf(sara, note);
    // The mark of the last message comes a moment after the message.
    await until(async () => !(await text(`/now/${id}`)).includes('data-well="false"'));
    const page = await text(`/now/${id}`);
    const states = [...page.matchAll(/<tr data-state="(\w+)"/g)].map((match) => match[1]);
    expect(states).toEqual([
      'CHOOSING',
      'PENDING',
      'QUEUED',
      'PROCESSING',
      'QUEUED',
      'PROCESSING',
      'COMPLETED',
    ]);
    expect(page).toMatch(/attempt 1.*attempt 2/s);
    expect(page).toMatch(/<code>[\w.-]+:\d+:[\da-f]{6}<\/code>/);
    expect(page.match(/<code>engine_failed<\/code>/g)).toHaveLength(1);
    expect(page).toMatch(/<bdi>text<\/bdi>/);
    expect(page).toMatch(/<bdi>status<\/bdi>/);
    expect(page).not.toContain('a secret of theirs');
  });

  test('is linked from the list, the person’s files and the log of what admins did', async () => {
    const note = await sara.sends('tone.ogg', voice);
    await sara.status(note);
    const { id } = await rowOf(sara, note);
    expect((await post(`/now/${id}/cancel`)).status).toBe(303);
    for (const path of ['/now', `/now?search=${sara.id}`, '/audit'])
      expect(await text(path), path).toContain(`href="/admin/now/${id}"`);
    expect(await text(`/now/${id}`)).toContain(`href="/admin/people/${sara.id}"`);
  });
});
