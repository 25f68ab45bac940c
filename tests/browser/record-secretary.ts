/** `node tests/browser/record-secretary.ts` records the pictures of docs/secretary.md in docs/pictures/secretary. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { OwnPostgres } from '../support/own-postgres.ts';
import { startScriptedDabir } from '../support/scripted-dabir.ts';
import { launchForPictures, savePicture, screens } from './pictures.ts';
import { secretaryJourney } from './secretary-journey.ts';

await mkdir(fileURLToPath(new URL('../../docs/pictures/secretary/', import.meta.url)), { recursive: true });

/** The journeys to record, and which pictures of each are kept. */
const journeys = [
  {
    language: 'fa',
    locale: 'fa-IR',
    names: ['سارا', 'امید'],
    colorScheme: 'light',
    kept: ['greeting', 'notes', 'draft', 'answered'],
  },
  {
    language: 'en',
    locale: 'en-GB',
    names: ['Sara', 'Omid'],
    colorScheme: 'dark',
    kept: ['connecting', 'greeting', 'notes', 'draft', 'answered'],
  },
] as const;

const postgres = await OwnPostgres.start();
const dabir = await startScriptedDabir({ databaseUrl: postgres.url, others: [] });
const browser = await launchForPictures();
for (const { language, locale, names, colorScheme, kept } of journeys) {
  const [name, friendName] = names;
  const page = await browser.newPage({
    ...screens.desktop,
    ...{ locale, colorScheme, reducedMotion: 'reduce', permissions: ['microphone'] },
    timezoneId: 'Asia/Tehran',
  });
  const owner = await dabir.person(name, language);
  const friend = await dabir.person(friendName, language);
  await secretaryJourney(page, dabir, [owner, friend], friendName, async (seen) => {
    if (!(kept as readonly string[]).includes(seen)) return;
    // Waits until the notices above the chat are gone.
    await page.waitForTimeout(5_000);
    await savePicture(page, `secretary/${seen}-${language}`);
  });
  await page.close();
}
await browser.close();
await dabir.close();
await postgres.remove();
