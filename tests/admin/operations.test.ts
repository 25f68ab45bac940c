import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unavailableCauses } from '../../src/domain/engine.ts';
import { engineModelStates } from '../../src/domain/engine-model.ts';
import { localProfile } from '../../src/engines/local/profile.ts';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { AdminBrowser, servedAdmin } from '../support/admin-browser.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

const canary = 'canary-that-no-page-may-show';
const databaseUrl = `postgresql://nobody:${canary}@127.0.0.1/none`;
const config = requireRole(
  loadConfig({
    BOT_TOKEN: `1000000001:${canary}`,
    DATABASE_URL: databaseUrl,
    REDIS_URL: `redis://:${canary}@127.0.0.1`,
    WEBHOOK_SECRET: canary,
    METRICS_TOKEN: canary,
    OPENAI_API_KEY: canary,
    EBOO_TOKEN: canary,
    OPENAI_BASE_URL: `https://somebody:${canary}@gateway.example/v1?key=${canary}`,
    TIME_ZONE: 'Asia/Tehran',
  }),
);
const texts = loadTexts();
const eboo = { ...localProfile, id: 'eboo' as const, slowestPace: 1 };
/** Technical text of a worker. */
const reason = 'it needs Python 3.9 or newer';
/** Three English words in a row. */
const englishSentence = /[a-z]+ [a-z]+ [a-z]+/i;
const hostile = `<script>alert(1)</script>"'>`;

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
  sara = await dabir.person(hostile, 'fa');
  await sara.asksFor('tone.ogg', { kind: 'voice' });
});
afterAll(() => dabir?.close());

/** Opens a page that lives as long as the test that asks for it. */
async function signIn(): Promise<AdminBrowser> {
  admin = await AdminBrowser.signedIn(await servedAdmin(config, dabir.shared), dabir.shared, adminUser.id);
  admin.cookies.set('language', 'en');
  return admin;
}

const text = async (path: string) => (await admin.get(path)).text();

describe.each(['en', 'fa'])('the admin page in %s', (language) => {
  test.each([
    '/engines',
    '/engines/list',
    '/system',
    '/system?span=week',
    '/system?span=month',
    '/system/state',
    '/audit',
  ])('the admin page shows %s translated, and names as text', async (path) => {
    await signIn();
    admin.cookies.set('language', language);
    const response = await admin.get(path);
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).not.toContain(hostile);
    expect(page).not.toContain(canary);
  });

  test.each(unavailableCauses)(
    'the admin page words the cause %s of an engine that is not available',
    async (cause) => {
      await signIn();
      admin.cookies.set('language', language);
      await dabir.shared.reports.report([
        { profile: eboo, readiness: { state: 'unavailable', cause, reason } },
      ]);
      const [, row = ''] = (await text('/engines/list')).split('<tr id="engine-eboo">');
      const shown = row.slice(0, row.indexOf('</tr>'));
      expect(shown).toContain(texts(language, `engine-unavailable-${cause}`).replaceAll("'", '&#39;'));
      expect(shown).toContain(`<code lang="en" dir="ltr">${reason}</code>`);
      if (language === 'fa')
        expect(shown.replace(/<code.*?<\/code>|<[^>]*>/g, '')).not.toMatch(englishSentence);
    },
  );

  test('the admin page shows the models of LOCAL with accuracy, licence and state, and how to install one', async () => {
    await signIn();
    admin.cookies.set('language', language);
    const model = {
      name: 'shenava-rizeh-pizeh',
      languages: ['fa'],
      bytes: 33_201_018,
      accuracy: { wordErrorPercent: 27, language: 'fa', on: 'FLEURS', source: 'its page, 2026-11-29' },
      licence: 'Apache-2.0 or CC-BY-NC-4.0',
      isPinnedByDownload: true,
    };
    const models = engineModelStates.map((state) => ({ ...model, name: hostile + state, state }));
    await dabir.shared.reports.report([{ profile: localProfile, readiness: { state: 'ready' }, models }]);
    const page = await text('/engines');
    expect(page).not.toContain(hostile);
    expect(page).toContain('<code dir="ltr">npm run local:install -- MODEL [--agree]</code>');
    expect(page).toContain(texts(language, 'admin-models-terms'));
    const [, row = ''] = page.split('data-model="terms"');
    expect(row).toContain(texts(language, 'admin-model-state-terms'));
    expect(row).toContain(texts(language, 'admin-model-pinned'));
    for (const state of engineModelStates) expect(page).toContain(`data-model="${state}"`);
    expect(page).toContain(language === 'en' ? '27%' : '۲۷');
    const [, section = ''] = page.split(texts(language, 'admin-models'));
    if (language === 'fa')
      expect(section.split('<h2>')[0]?.replace(/<code.*?<\/code>|<bdi>.*?<\/bdi>|<[^>]*>/gs, '')).not.toMatch(
        englishSentence,
      );
  });

  test('/engines in the chat words the cause of an engine that is not available', async () => {
    const mina = language === 'en' ? adminUser : await dabir.person('Parisa', language);
    await mina.says('/queue');
    await mina.reads(mina.word('queue-empty'));
    await dabir.shared.accounts.setRole(mina.id, 'ADMIN');
    await dabir.shared.reports.report([
      { profile: eboo, readiness: { state: 'unavailable', cause: 'python_missing', reason } },
    ]);
    await mina.says('/engines');
    const { text: answer } = await mina.reads(mina.word('engine-unavailable-python_missing'));
    expect(answer).not.toContain(reason);
    if (language === 'fa') expect(answer).not.toMatch(englishSentence);
  });
});

describe('an engine', () => {
  test('an engine is tested by a worker with the sample that comes with Dabir', async () => {
    await signIn();
    const form = await admin.formKey();
    dabir.engine.next({ says: [hostile] });
    expect((await admin.post('/engines/local/test', { form })).status).toBe(303);
    await until(async () => (await text('/engines/list')).includes('data-test="passed"'));
    expect(await text('/engines/list')).not.toContain(hostile);
    expect(dabir.engine.taken.at(-1)?.durationSeconds).toBeGreaterThan(5);
    expect(await text('/audit')).toContain('engine-test');
  });

  test('an engine that no worker has cannot be tested', async () => {
    await signIn();
    const form = await admin.formKey();
    expect((await admin.post('/engines/nothing/test', { form })).status).toBe(404);
  });
});

describe('the system page', () => {
  test('the system page lists the running processes and their versions', async () => {
    await signIn();
    await until(async () => /1 bot.*1 worker/s.test(await text('/system/state')));
    expect(await text('/system/state')).toContain('PostgreSQL');
  });

  test('the system page lists a dead process for ten minutes, not for a day', async () => {
    const { database } = dabir.shared;
    await database.execute`
      INSERT INTO process (name, role, version, "startedAt", "seenAt")
      VALUES ('died just now', 'worker', '1', now() - interval '1 hour', now() - interval '2 minutes'),
             ('died long ago', 'worker', '1', now() - interval '1 hour', now() - interval '11 minutes')`;
    await signIn();
    const page = await text('/system/state');
    expect(page).toContain('died just now');
    expect(page).not.toContain('died long ago');
  });

  test('the system page shows the configuration without its secrets', async () => {
    await signIn();
    const page = await text('/system');
    expect(page).not.toContain(canary);
    expect(page).toContain('OPENAI_BASE_URL');
    expect(page).toContain('https://gateway.example/v1');
  });
});

test('a chart is the same before and after the past is summed up, and an hour later', async () => {
  const { charts, database } = dabir.shared;
  await until(async () => (await database.usage.count()) > 0);
  // Moves what was just done to an hour ago.
  await database.execute`UPDATE transcription SET "finishedAt" = "finishedAt" - interval '1 hour'`;
  await database.execute`UPDATE usage SET "endedAt" = "endedAt" - interval '1 hour'`;
  const before = await charts.points('day');
  expect(before.reduce((sum, { files }) => sum + files, 0)).toBeGreaterThan(0);
  expect(before.reduce((sum, { minutes }) => sum + minutes, 0)).toBeGreaterThan(0);
  await Promise.all([
    charts.storeFinishedPeriods(),
    charts.storeFinishedPeriods(),
    charts.storeFinishedPeriods(),
  ]);
  expect(await database.activity.count()).toBeGreaterThan(0);
  expect(await charts.points('day')).toEqual(before);
  for (const span of ['week', 'month'] as const) {
    const files = (await charts.points(span)).reduce((sum, point) => sum + point.files, 0);
    expect(files).toBe(before.reduce((sum, point) => sum + point.files, 0));
  }
});
