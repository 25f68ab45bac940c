/**
 * `node tests/browser/record-admin.ts` records the pictures of the admin page in docs/pictures, from a small
 * made-up day.
 */
import { createSignInLink } from '../../src/app/admin/sign-in.ts';
import { createAdminRoutes } from '../../src/compose/web.ts';
import { DabirError } from '../../src/domain/errors.ts';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { startWeb } from '../../src/web/server.ts';
import { OwnPostgres } from '../support/own-postgres.ts';
import { startScriptedDabir, token } from '../support/scripted-dabir.ts';
import { launchForPictures, savePicture } from './pictures.ts';

const voice = { kind: 'voice' } as const;

const postgres = await OwnPostgres.start();
const dabir = await startScriptedDabir({ databaseUrl: postgres.url });
const config = requireRole(
  loadConfig({
    BOT_TOKEN: token,
    DATABASE_URL: 'postgresql://nobody@127.0.0.1/none',
    TIME_ZONE: 'Asia/Tehran',
  }),
);
const names = ['مینا', 'سارا', 'امید', 'نگار', 'Emma', 'Liam'];
const people = await Promise.all(names.map((name, index) => dabir.person(name, index < 4 ? 'fa' : 'en')));
for (const [index, person] of people.entries()) {
  if (index === 2) dabir.engine.next({ fails: new DabirError('no_speech', 'scripted') });
  const { note } = await person.asksFor(
    index % 2 === 0 ? 'tone.ogg' : 'tone.mp3',
    index % 2 === 0 ? voice : {},
  );
  await person.ending(note);
}
const [adminUser, sara, omid] = people;
if (adminUser === undefined || sara === undefined || omid === undefined)
  throw new Error('the three people did not join');
// Files spread over the hours of a day, so that the charts show something.
await dabir.shared.database.execute`
  UPDATE usage SET "audioSeconds" = 40 + 90 * random() WHERE "userId" > 0`;
dabir.engine.next({ holds: true, progress: [0.62] });
await sara.asksFor('tone.ogg', voice);
await sara.asksFor('tone.mp3');
await omid.status(await omid.sends('video.mp4', { kind: 'video' }));
await dabir.shared.accounts.setRole(adminUser.id, 'ADMIN');

const web = await startWeb({ host: '127.0.0.1', port: 0, portName: 'WEB_PORT' }, [], dabir.shared.log, [
  createAdminRoutes(config, dabir.shared),
]);
const browser = await launchForPictures();
const shots = [
  { name: 'admin-now-fa', locale: 'fa-IR', colorScheme: 'light', path: 'now', width: 1100, height: 520 },
  { name: 'admin-system-en', locale: 'en-GB', colorScheme: 'dark', path: 'system', width: 1100, height: 900 },
  { name: 'admin-phone-fa', locale: 'fa-IR', colorScheme: 'dark', path: 'now', width: 380, height: 760 },
] as const;
for (const { name, locale, colorScheme, path, width, height } of shots) {
  const page = await browser.newPage({ locale, colorScheme, viewport: { width, height } });
  const base = `http://127.0.0.1:${web.port}/admin`;
  await page.goto(`${base}/enter/${await createSignInLink(dabir.shared.adminPage.signIns, adminUser.id)}`);
  await page.locator('main button').click();
  await page.goto(`${base}/${path}`);
  // The heartbeat carries the progress of the running file.
  await page.waitForTimeout(3_000);
  await savePicture(page, name);
  await page.close();
}
await browser.close();
await web.close();
await dabir.close();
await postgres.remove();
