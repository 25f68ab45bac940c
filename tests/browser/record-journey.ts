/** `node tests/browser/record-journey.ts` records the pictures of the chat in docs/pictures/journey. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../support/chromium.ts';
import { OwnPostgres } from '../support/own-postgres.ts';
import { startScriptedDabir } from '../support/scripted-dabir.ts';
import { journey } from './journey.ts';

const folder = fileURLToPath(new URL('../../docs/pictures/journey/', import.meta.url));
await mkdir(folder, { recursive: true });

/** The journeys to record, and which pictures of each are kept. */
const journeys = [
  {
    language: 'fa',
    locale: 'fa-IR',
    name: 'سارا',
    colorScheme: 'light',
    kept: ['three-voices', 'one-document', 'corrected'],
  },
  { language: 'fa', locale: 'fa-IR', name: 'مینا', colorScheme: 'dark', kept: ['history'] },
  {
    language: 'en',
    locale: 'en-GB',
    name: 'Sara',
    colorScheme: 'dark',
    kept: ['one-document', 'corrected', 'my-data'],
  },
  { language: 'en', locale: 'en-GB', name: 'Emma', colorScheme: 'light', kept: ['history', 'deleted'] },
] as const;

const postgres = await OwnPostgres.start();
const dabir = await startScriptedDabir({ databaseUrl: postgres.url, formsBursts: true });
const browser = await launchChromium();
for (const { language, locale, name, colorScheme, kept } of journeys) {
  const page = await browser.newPage({
    locale,
    colorScheme,
    reducedMotion: 'reduce',
    permissions: ['microphone'],
    viewport: { width: 960, height: 720 },
  });
  const person = await dabir.person(name, language);
  await page.goto(`${dabir.playground.url}/#${person.id}`);
  await journey(page, dabir, person, async (seen) => {
    if (!(kept as readonly string[]).includes(seen)) return;
    // Waits until the notices above the chat are gone.
    await page.waitForTimeout(5_000);
    await page.screenshot({ path: `${folder}${seen}-${language}.png` });
  });
  await page.close();
}
await browser.close();
await dabir.close();
await postgres.remove();
