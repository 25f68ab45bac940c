import type { Page } from 'playwright-core';
import type { Person } from '../support/person.ts';
import type { ScriptedDabir } from '../support/scripted-dabir.ts';
import { until } from '../support/until.ts';

/** What the simulated person says, in each language. */
const said = {
  fa: {
    first: 'فردا ساعت نه در کتابخانهٔ شهر می‌بینمت.',
    second: 'باشد، کتاب‌های رزا را هم بیاور.',
    wrong: 'رزا',
    right: 'رضا',
    search: 'کتابخانه',
  },
  en: {
    first: 'See you at nine tomorrow, in front of the library.',
    second: 'All right, and bring the books of Razor.',
    wrong: 'Razor',
    right: 'Reza',
    search: 'library',
  },
} as const;

/**
 * Plays a person's first quarter of an hour in the browser: three voice notes, of which one is cancelled and
 * two become one document, then a correction, a search, an export of all data and its erasure.
 * @param looked called with a name at each moment that is worth a picture
 */
export async function journey(
  page: Page,
  dabir: ScriptedDabir,
  person: Person,
  looked: (name: string) => Promise<void>,
): Promise<void> {
  const words = said[person.language === 'fa' ? 'fa' : 'en'];
  const log = page.getByRole('log');
  const patience = { timeout: 30_000 };
  const sees = (text: string) => log.getByText(text).last().waitFor(patience);
  const presses = (label: string) => log.getByRole('button', { name: label }).last().click(patience);
  const writes = async (text: string) => {
    await page.locator('#message').fill(text);
    await page.locator('#send').click();
  };
  const records = async () => {
    await page.locator('#record').click();
    await page
      .getByRole('timer')
      .getByText(/[1-9۱-۹]$/)
      .waitFor(patience);
    await page.locator('#recording-send').click();
    await page.locator('#record').waitFor(patience);
  };

  const before = dabir.engine.taken.length;
  dabir.engine.next({ says: [words.first] }, { says: [words.second] }, { holds: true });
  for (let count = 0; count < 3; count += 1) await records();
  await sees(person.word('burst-files', { files: 3 }));
  await looked('three-voices');

  await presses(person.word('burst-button-bundle'));
  await sees(person.word('burst-bundled'));
  await presses(person.word('burst-button-all', { engine: 'LOCAL' }));
  await until(() => dabir.engine.taken.length === before + 3);
  await presses(person.word('burst-button-cancel'));
  await log.getByText('PDF', { exact: false }).last().waitFor(patience);
  await sees(words.second);
  await looked('one-document');

  // The engine misheard: a reply to the text corrects it.
  await log
    .getByRole('article')
    .filter({ hasText: words.wrong })
    .last()
    .locator('button.more')
    .click(patience);
  await page.getByRole('menuitem').first().click(patience);
  await writes(`${words.wrong} → ${words.right}`);
  await sees(words.right);
  await looked('corrected');

  await writes(`/history ${words.search}`);
  await log.getByText(words.search).last().waitFor(patience);
  await sees(person.word('history-found', { query: `\u2068${words.search}\u2069` }));
  await looked('history');

  await writes('/mydata');
  await sees(person.word('mydata-title'));
  await presses(person.word('mydata-button-export'));
  await presses(person.word('mydata-export-texts'));
  await log.getByText('.zip').last().waitFor(patience);
  await looked('my-data');

  await writes('/mydata');
  await presses(person.word('mydata-button-erase'));
  await sees(person.word('mydata-word'));
  await writes(person.word('mydata-word'));
  // The confirmation names what may have to stay after that.
  await sees(person.word('mydata-erased', { files: 3, stays: 'false' }).split(' ', 3).join(' '));
  await looked('deleted');
}
