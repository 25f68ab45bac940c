/** `node tests/browser/record-secretary.ts` records the pictures of docs/secretary.md in docs/pictures/secretary. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../support/chromium.ts';
import { OwnPostgres } from '../support/own-postgres.ts';
import { startScriptedDabir } from '../support/scripted-dabir.ts';
import { secretaryJourney } from './secretary-journey.ts';

const folder = fileURLToPath(new URL('../../docs/pictures/secretary/', import.meta.url));
await mkdir(folder, { recursive: true });

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
const browser = await launchChromium();
for (const { language, locale, names, colorScheme, kept } of journeys) {
  const [name, friendName] = names;
  const page = await browser.newPage({
    ...{ locale, colorScheme, reducedMotion: 'reduce', permissions: ['microphone'] },
    viewport: { width: 960, height: 720 },
  });
  const owner = await dabir.person(name, language);
  const friend = await dabir.person(friendName, language);
  await secretaryJourney(page, dabir, [owner, friend], friendName, async (seen) => {
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
