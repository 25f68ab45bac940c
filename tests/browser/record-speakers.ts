/**
 * `node tests/browser/record-speakers.ts [FOLDER]` records how the speakers of a file are named and merged, in both
 * languages: docs/pictures/journey/speakers-fa.webp and speakers-en.webp; with a folder, every step.
 */
import { join } from 'node:path';
import { OwnPostgres } from '../support/own-postgres.ts';
import { startScriptedDabir } from '../support/scripted-dabir.ts';
import { ScriptedEngine } from '../support/scripted-engine.ts';
import { launchForPictures, murmur, savePicture } from './pictures.ts';

const [folder] = process.argv.slice(2);

const talks = {
  fa: {
    name: 'سارا',
    says: ['جلسهٔ امروز را شروع می‌کنیم.', 'من گزارش فروش را آورده‌ام.', 'ممنون، بفرمایید.', 'من هم سؤال دارم.'],
    named: 'دکتر شیرازی',
  },
  en: {
    name: 'Sara',
    says: [
      'Let us begin today’s meeting.',
      'I have brought the report.',
      'Thank you, go on.',
      'I have a question too.',
    ],
    named: 'Dr Shirazi',
  },
} as const;

const postgres = await OwnPostgres.start();
const engine = new ScriptedEngine();
const dabir = await startScriptedDabir({ databaseUrl: postgres.url, engine, others: [] });
const browser = await launchForPictures();
const patience = { timeout: 60_000 };
for (const language of ['fa', 'en'] as const) {
  const { name, says, named } = talks[language];
  const page = await browser.newPage({
    locale: language === 'fa' ? 'fa-IR' : 'en-GB',
    colorScheme: language === 'fa' ? 'light' : 'dark',
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Tehran',
    viewport: { width: 960, height: 900 },
  });
  let step = 0;
  const look = async (kept = false) => {
    step += 1;
    await page.waitForTimeout(kept ? 5_000 : 500);
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${language}-${step}.png`) });
    if (kept) await savePicture(page, `journey/speakers-${language}`);
  };
  const person = await dabir.person(name, language);
  await page.goto(`${dabir.playground.url}/#${person.id}`);
  const log = page.getByRole('log');
  const presses = (label: string | RegExp) => log.getByRole('button', { name: label }).last().click(patience);
  const numbered = (number: number) => person.word('document-speaker-number', { number });
  engine.next({ says, speakers: ['A', 'B', 'A', 'C'] });
  const note = await person.sends(murmur(4, 1), { kind: 'voice', seconds: 4 });
  await person.ending(note);
  await log.getByText(says[1]).last().waitFor(patience);
  await presses('⋯');
  await look();
  await presses(person.word('button-speakers'));
  await log.getByText(person.word('speakers-title')).last().waitFor(patience);
  await look();
  await presses(new RegExp(`▶.*${numbered(2)}`));
  await log.getByText(numbered(2)).last().waitFor(patience);
  const clip = await (async () => {
    for (;;) {
      const found = person.answers(note).find(({ voice }) => voice);
      if (found !== undefined) return found;
      await page.waitForTimeout(200);
    }
  })();
  await log
    .getByText(clip.caption?.split('.')[1]?.trim() ?? '')
    .last()
    .waitFor(patience);
  await look();
  await log.getByRole('article').last().locator('button.more').click(patience);
  await page.getByRole('menuitem').first().click(patience);
  await page.locator('#message').fill(named);
  await page.locator('#send').click();
  await log.getByText(person.word('speakers-button-keep')).last().waitFor(patience);
  await look(true);
  await log
    .getByRole('button', { name: person.word('speakers-button-others') })
    .nth(2)
    .click(patience);
  await log
    .getByRole('button', { name: person.word('speakers-button-back') })
    .last()
    .waitFor(patience);
  await look();
  await presses(new RegExp(person.word('speakers-button-same', { name: `.*${named}` })));
  await log
    .getByRole('button', { name: person.word('speakers-button-apart') })
    .last()
    .waitFor(patience);
  await page.mouse.wheel(0, -3_000);
  await look();
  await page.close();
}
await browser.close();
await dabir.close();
await postgres.remove();
