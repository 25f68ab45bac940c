/**
 * `node tests/browser/record-journey.ts [FOLDER]` records the pictures of docs/chat.md in docs/pictures/journey; with a
 * folder, every step on every screen is there as PNG, to be looked at.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { OwnPostgres } from '../support/own-postgres.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';
import { launchForPictures, murmur, savePicture, screens } from './pictures.ts';

const [every] = process.argv.slice(2);
if (every !== undefined) await mkdir(every, { recursive: true });
await mkdir(fileURLToPath(new URL('../../docs/pictures/journey/', import.meta.url)), { recursive: true });

/** What is said, in each language. */
const words = {
  fa: {
    note: 'سلام، فردا ساعت نه جلوی کتابخانهٔ شهر منتظرت هستم. اگر دیر رسیدی زنگ بزن، من تا ده همان‌جا می‌مانم.',
    says: [
      'جلسهٔ فردا ساعت ده شروع می‌شود، لطفاً زودتر بیایید.',
      'من گزارش فروش را می‌آورم، خانم رزا هم فهرست کتاب‌ها را.',
      'خیلی خوب، پس اتاق کنفرانس را رزرو می‌کنم.',
    ],
    wrong: 'رزا',
    right: 'رضایی',
    arrow: '←',
    search: 'كتابخانه',
  },
  en: {
    note: 'Hi, I will wait for you at nine tomorrow, in front of the city library. If you are late, call me; I will be there until ten.',
    says: [
      'The meeting begins at ten tomorrow, please come a little earlier.',
      'I will bring the sales report, and Mrs Razor has the list of books.',
      'Very well, then I will book the large conference room.',
    ],
    wrong: 'Razor',
    right: 'Rezaei',
    arrow: '->',
    search: 'libary',
  },
} as const;

type Scene =
  | 'picker'
  | 'note'
  | 'unfolded'
  | 'burst'
  | 'running'
  | 'one-document'
  | 'corrected'
  | 'history'
  | 'my-data'
  | 'deleted';

/** The walks, and which pictures of each are in the docs. */
const walks = [
  {
    language: 'fa',
    name: 'نگار',
    screen: 'phone',
    colorScheme: 'light',
    kept: ['note', 'one-document', 'history'],
  },
  { language: 'fa', name: 'مریم', screen: 'desktop', colorScheme: 'dark', kept: ['burst', 'corrected'] },
  {
    language: 'en',
    name: 'Nora',
    screen: 'phone',
    colorScheme: 'dark',
    kept: ['note', 'unfolded', 'running'],
  },
  {
    language: 'en',
    name: 'Grace',
    screen: 'desktop',
    colorScheme: 'light',
    kept: ['burst', 'corrected', 'deleted'],
  },
] as const satisfies readonly {
  language: 'fa' | 'en';
  name: string;
  screen: keyof typeof screens;
  colorScheme: 'light' | 'dark';
  kept: readonly Scene[];
}[];

const patience = { timeout: 30_000 };

/** Plays a first quarter of an hour, and calls `look` at each moment that is worth a picture. */
async function walk(
  page: Page,
  dabir: ScriptedDabir,
  person: Person,
  look: (scene: Scene) => Promise<void>,
): Promise<void> {
  const { note, says, wrong, right, arrow, search } = words[person.language === 'fa' ? 'fa' : 'en'];
  const log = page.getByRole('log');
  const sees = (text: string) => log.getByText(text).last().waitFor(patience);
  const presses = (label: string) => log.getByRole('button', { name: label }).last().click(patience);
  const writes = async (text: string) => {
    await page.locator('#message').fill(text);
    await page.locator('#send').click();
  };
  const sends = (seconds: number, seed: number) =>
    person.sends(murmur(seconds, person.id * 10 + seed), { kind: 'voice', seconds });

  dabir.engine.next({ says: [note] });
  const first = await sends(9, 1);
  await sees(person.word('status-choosing'));
  await look('picker');
  await presses('LOCAL');
  await person.ending(first);
  await sees(note.slice(0, 20));
  await look('note');
  await presses(person.word('button-more'));
  await log.getByRole('button', { name: person.word('button-less') }).waitFor(patience);
  await look('unfolded');
  await presses(person.word('button-less'));

  const taken = dabir.engine.taken.length;
  dabir.engine.next(
    { says: [says[0]] },
    { says: [says[1]], holds: true, progress: [0.4] },
    { says: [says[2]] },
  );
  for (const [seed, seconds] of [5, 6, 4].entries()) await sends(seconds, seed + 2);
  await sees(person.word('burst-files', { files: 3 }));
  await look('burst');
  await presses(person.word('burst-button-bundle'));
  await sees(person.word('burst-bundled'));
  await presses(person.word('burst-button-all', { engine: 'LOCAL' }));
  await until(() => dabir.engine.taken.length === taken + 2);
  await page.waitForTimeout(3_500);
  await look('running');
  dabir.engine.release();
  await sees(says[2]);
  await log.locator('.file-card').nth(5).waitFor(patience);
  await look('one-document');

  const { message_id: joint } = await person.reads(says[2]);
  await page.locator(`#message-${joint} .bubble`).click({ button: 'right' });
  await page.getByRole('menuitem').first().click(patience);
  await writes(`${wrong} ${arrow} ${right}`);
  await sees(person.word('correct-renewing'));
  await until(() => person.chat.get(joint)?.text?.includes(right) === true);
  await look('corrected');

  await writes(`/history ${search}`);
  await person.reads(new RegExp(`^(${person.word('history-title').slice(0, 8)}|I did not|«|Your)`));
  await page.waitForTimeout(1_000);
  await look('history');

  await writes('/mydata');
  await sees(person.word('mydata-title'));
  await look('my-data');
  await presses(person.word('mydata-button-erase'));
  await sees(person.word('mydata-word'));
  await writes(person.word('mydata-word'));
  await sees(person.word('mydata-erased', { files: 4, stays: 'false' }).split(' ', 3).join(' '));
  await look('deleted');
}

const postgres = await OwnPostgres.start();
const dabir = await startScriptedDabir({ databaseUrl: postgres.url, formsBursts: true });
const browser = await launchForPictures();
for (const { language, name, screen, colorScheme, kept } of walks) {
  const context = await browser.newContext({
    ...screens[screen],
    colorScheme,
    locale: language === 'fa' ? 'fa-IR' : 'en-GB',
    // The clock of the texts.
    timezoneId: 'Asia/Tehran',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const person = await dabir.person(name, language);
  await page.goto(`${dabir.playground.url}/#${person.id}`);
  let step = 0;
  await walk(page, dabir, person, async (scene) => {
    const isKept = (kept as readonly string[]).includes(scene);
    await page.mouse.move(screens[screen].viewport.width / 2, 10);
    // A notice above the chat lasts some seconds.
    await page.waitForTimeout(isKept || every !== undefined ? 5_000 : 0);
    step += 1;
    if (every !== undefined) {
      await page.screenshot({ path: join(every, `${language}-${screen}-${step}-${scene}.png`) });
    }
    if (isKept) await savePicture(page, `journey/${scene}-${language}-${screen}`);
  });
  await context.close();
}
await browser.close();
await dabir.close();
await postgres.remove();
