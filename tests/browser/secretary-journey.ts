import type { Page } from 'playwright-core';
import { isolate } from '../../src/texts/format.ts';
import type { Person } from '../support/person.ts';
import { PrivateChat } from '../support/private-chat.ts';
import type { ScriptedDabir } from '../support/scripted-dabir.ts';

/** What the friend says, and what the owner answers, in each language. */
const said = {
  fa: {
    notes: [
      'سلام، جلسهٔ فردا را به ساعت ده انداختیم.',
      'راستی، نسخهٔ چاپی گزارش را هم بیاور.',
      'اگر دیر می‌رسی، خبرم کن.',
    ],
    answer: 'باشد، ساعت ده با گزارش می‌آیم.',
    edited: 'باشد، ساعت ده با دو نسخه از گزارش می‌آیم.',
  },
  en: {
    notes: [
      'Hi, we moved the meeting to ten tomorrow.',
      'And please bring the report on paper.',
      'Tell me if you will be late.',
    ],
    answer: 'All right, I come at ten with the report.',
    edited: 'All right, I come at ten with two copies of the report.',
  },
} as const;

/**
 * Plays a secretary in the browser: the owner connects the bot to their account, a friend sends three voice notes, the
 * owner drafts an answer by voice, changes it and sends it, and ends the connection.
 * @param looked called with a name at each moment that is worth a picture
 */
export async function secretaryJourney(
  page: Page,
  dabir: ScriptedDabir,
  [owner, friend]: readonly [Person, Person],
  friendName: string,
  looked: (name: string) => Promise<void>,
): Promise<void> {
  const words = said[owner.language === 'fa' ? 'fa' : 'en'];
  const patience = { timeout: 30_000 };
  const log = page.getByRole('log');
  const chat = await PrivateChat.open(dabir.playground.url, owner, friend);
  const show = async (id: number) => {
    await page.goto(`${dabir.playground.url}/#${id}`);
    await page.locator('#composer').waitFor(patience);
  };
  const sees = (text: string) => log.getByText(text).last().waitFor(patience);
  const opensConnection = async () => {
    await page.locator('#chat-menu').click();
    await page.getByRole('menuitem').nth(1).click();
    await page.locator('#connection-dialog').waitFor(patience);
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
  const repliesTo = async (text: string) => {
    const message = log.getByRole('article').filter({ hasText: text }).last();
    await message.hover();
    await message.locator('button.more').click(patience);
    await page.getByRole('menuitem').first().click(patience);
  };

  await show(owner.id);
  await opensConnection();
  await looked('connecting');
  await page.locator('#connection-save').click();
  await sees(owner.word('secretary-greeting').slice(0, 20));
  await looked('greeting');

  await show(chat.id);
  await page.locator('#speaker').selectOption(String(friend.id));
  dabir.engine.next(...words.notes.map((note) => ({ says: [note] })));
  for (const _ of words.notes) await records();
  await log.getByRole('article').nth(2).waitFor(patience);

  await show(owner.id);
  for (const note of words.notes) await sees(note);
  await looked('notes');

  dabir.engine.next({ says: [words.answer] });
  await repliesTo(words.notes[0]);
  await records();
  await sees(words.answer);
  await repliesTo(words.answer);
  await page.locator('#message').fill(words.edited);
  await page.locator('#send').click();
  await sees(words.edited);
  // Its buttons go with its heading; those of the new draft are the only ones then.
  await sees(owner.word('secretary-draft', { name: isolate(friendName), state: 'REPLACED' }));
  await looked('draft');
  await log
    .getByRole('button', { name: owner.word('secretary-button-send') })
    .last()
    .click(patience);
  await sees(
    owner
      .word('secretary-draft', { name: isolate(friendName), state: 'SENT' })
      .split(isolate(friendName))[0] ?? '',
  );

  await show(chat.id);
  await page.locator('#speaker').selectOption(String(friend.id));
  await sees(words.edited);
  await looked('answered');

  await show(owner.id);
  await opensConnection();
  await page.locator('#connection-end').click();
  await sees(owner.word('secretary-ended').slice(0, 30));
  // No engine hears this one: the script has no words for it.
  await chat.voice(friend);
}
