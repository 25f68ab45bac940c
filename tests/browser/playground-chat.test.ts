import { type Bot, InlineKeyboard, InputFile, InputMediaBuilder } from 'grammy';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  afterThisTest,
  emma,
  runBot,
  runPlayground,
  sara,
} from '../../packages/telegram-playground/tests/running-playground.ts';
import { toneWav } from '../media/samples.ts';
import { describeWithChromium, launchChromium } from '../support/chromium.ts';

/** Below the tests' own time limit: it promises nothing about speed. */
const patience = { timeout: 45_000 };
const wav = toneWav(440, 20, { rate: 8000, channels: 1, coding: 'pcm16' });

describeWithChromium('what the chat page shows of a bot', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** Opens the page in a chat. An error of the page's scripts fails the test. */
  async function open(url: string, chatId: number, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    afterThisTest(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    await page.goto(`${url}/#${chatId}`);
    return page;
  }

  /** Starts the playground with a scripted bot; `script` adds its handlers before the start. */
  async function withBot(script: (bot: Bot) => void) {
    const running = await runPlayground();
    const bot = runBot(running.playground);
    script(bot);
    void bot.start({ drop_pending_updates: false });
    return running;
  }

  const message = (page: Page, words: string) => page.getByRole('article').filter({ hasText: words });
  const actions = async (page: Page, words: string, action: string) => {
    await message(page, words).last().click({ button: 'right' });
    await page.getByRole('menuitem', { name: action, exact: true }).click(patience);
  };

  test('the chat page marks silent messages, folds long quotes, copies by a button and shows a cited passage', async () => {
    const { playground, api, person } = await runPlayground();
    const { message_id } = await person.says(emma, 'one two three');
    const long = 'A line of a long text.\n'.repeat(12).trim();
    await api.sendMessage(emma, `${long} end`, {
      entities: [{ type: 'expandable_blockquote', offset: 0, length: long.length + 4 }],
      reply_markup: new InlineKeyboard().copyText('Copy', 'from the button'),
      disable_notification: true,
    });
    await api.sendMessage(emma, 'loud', { reply_parameters: { message_id, quote: 'two' } });
    const page = await open(playground.url, emma, { permissions: ['clipboard-read', 'clipboard-write'] });
    const folded = message(page, 'end');
    const quote = folded.locator('blockquote');
    await quote.waitFor(patience);
    const height = async () => (await quote.boundingBox())?.height ?? 0;
    const before = await height();
    await folded.getByRole('button', { name: 'Show all' }).click(patience);
    await expect.poll(height, patience).toBeGreaterThan(2 * before);
    await folded.getByRole('button', { name: 'Show less' }).click();
    await expect.poll(height, patience).toBe(before);
    expect(await page.getByLabel('Sent without a sound').count()).toBe(1);
    expect(await folded.getByLabel('Sent without a sound').isVisible()).toBe(true);
    expect(await message(page, 'loud').locator('.quote-text').textContent()).toBe('two');
    await folded.getByRole('button', { name: 'Copy' }).click();
    await page.locator('.toast', { hasText: 'Copied' }).waitFor(patience);
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('from the button');
  });

  test('the files of an album on the chat page have even edges', async () => {
    const { playground, api } = await runPlayground();
    const names = ['a.txt', `${'a rather long name of a document '.repeat(3)}.docx`, 'b.pdf'];
    await api.sendMediaGroup(
      emma,
      names.map((name) => InputMediaBuilder.document(new InputFile(Buffer.from('x'), name))),
    );
    for (const width of [360, 1100]) {
      const page = await open(playground.url, emma, { viewport: { width, height: 740 } });
      await page.locator('.album .bubble').nth(2).waitFor(patience);
      const bubbles = await page.locator('.album .bubble').all();
      const boxes = await Promise.all(bubbles.map((one) => one.boundingBox()));
      expect(new Set(boxes.map((box) => `${box?.x} ${box?.width}`)).size).toBe(1);
    }
  });

  test('on the chat page a person edits, pins and deletes their message, and the bot gets the edit and the pin', async () => {
    const { playground, api, person } = await runPlayground();
    await person.says(emma, 'teh first');
    const page = await open(playground.url, emma);
    await message(page, 'teh first').waitFor(patience);
    await actions(page, 'teh first', 'Edit');
    expect(await page.locator('#message').inputValue()).toBe('teh first');
    await page.locator('#message').fill('the first');
    await page.keyboard.press('Enter');
    await message(page, 'the first').getByText('edited').waitFor(patience);
    expect(await page.locator('#message').inputValue()).toBe('');

    await actions(page, 'the first', 'Pin');
    await page.locator('#pinned', { hasText: 'the first' }).waitFor(patience);
    await page.getByText('pinned “').waitFor(patience);
    const updates = await api.getUpdates();
    expect(updates[1]?.edited_message?.text).toBe('the first');
    expect(updates[2]?.message?.pinned_message).toMatchObject({ text: 'the first' });

    await page.getByRole('article').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect.poll(() => page.locator('#pinned').isVisible(), patience).toBe(false);
    await expect.poll(() => page.getByRole('article').count(), patience).toBe(1);
  });

  test('on the chat page a message is forwarded as a channel’s, and stickers, contacts, locations and polls are sent', async () => {
    const { playground, api, person } = await runPlayground();
    await person.says(emma, 'news');
    const page = await open(playground.url, emma);
    await message(page, 'news').waitFor(patience);
    await actions(page, 'news', 'Forward');
    await page.getByLabel('Shown as written by').selectOption({ label: 'a channel' });
    await page.getByRole('button', { name: 'Forward' }).click();
    await message(page, 'Forwarded from').waitFor(patience);

    const attach = async (...path: string[]) => {
      await page.locator('#attach').click();
      for (const name of path) await page.getByRole('menuitem', { name, exact: true }).click(patience);
    };
    await attach('Location', 'London Bridge');
    await message(page, '51.5079').waitFor(patience);
    await attach('Contact', 'Liam');
    await message(page, '+1202555').waitFor(patience);
    await attach('Poll');
    await page.getByLabel('Question').fill('Tea?');
    await page.getByLabel('Options, one on each line').fill('Yes\nNo');
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await message(page, 'Tea?').waitFor(patience);
    await attach('Sticker', '🐢');
    await page.getByRole('img', { name: '🐢 Sticker' }).waitFor(patience);
    const [, forwarded, ...sent] = (await api.getUpdates()).map(({ message: one }) => one);
    expect(forwarded?.forward_origin).toMatchObject({ type: 'channel' });
    expect(sent).toMatchObject([
      { location: { latitude: 51.5079 } },
      { contact: { first_name: 'Liam' } },
      { poll: { options: [{ text: 'Yes' }, { text: 'No' }] } },
      { sticker: { emoji: '🐢' } },
    ]);
  });

  test('on the chat page a group is made, its members speak in turn, and a topic is opened', async () => {
    const { playground } = await withBot((bot) => {
      bot.command('hello', (ctx) => ctx.reply(`Hello ${ctx.from?.first_name}`));
    });
    const page = await open(playground.url, emma);
    await page.getByRole('button', { name: 'New group' }).click(patience);
    await page.getByLabel('Name of the group').fill('Book club');
    await page.getByLabel('With topics').check();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('5 members').waitFor(patience);

    const write = async (words: string) => {
      await page.locator('#message').fill(words);
      await page.keyboard.press('Enter');
    };
    await page.getByLabel('Write as').selectOption({ label: 'Emma' });
    await write('/hello');
    await message(page, 'Hello Emma').waitFor(patience);
    await page.getByLabel('Write as').selectOption({ label: 'Liam' });
    await write('and me');
    await page.locator('.outgoing', { hasText: 'and me' }).waitFor(patience);
    const command = page.locator('.incoming', { hasText: '/hello' });
    expect(await command.locator('.sender-name').textContent()).toBe('Emma');

    await page.getByRole('button', { name: 'Chat menu' }).click();
    await page.getByRole('menuitem', { name: 'New topic' }).click();
    await page.getByLabel('Name of the topic').fill('Novels');
    await page.getByRole('button', { name: 'Create' }).last().click();
    await page.getByRole('button', { name: 'Novels', pressed: true }).waitFor(patience);
    await write('about a novel');
    await message(page, 'about a novel').waitFor(patience);
    expect(await message(page, 'and me').count()).toBe(0);
    await page.getByRole('button', { name: 'All', pressed: false }).click();
    await message(page, 'and me').waitFor(patience);
    expect(await message(page, 'about a novel').count()).toBe(1);
  });

  test('on the chat page `@bot words` asks the bot, and the chosen result is sent in the person’s name', async () => {
    const { playground } = await withBot((bot) => {
      bot.on('inline_query', (ctx) =>
        ctx.answerInlineQuery([
          {
            type: 'article',
            id: '1',
            title: `Found ${ctx.inlineQuery.query}`,
            input_message_content: { message_text: 'The whole text' },
          },
        ]),
      );
    });
    const page = await open(playground.url, emma);
    await page.locator('#message').pressSequentially('@dabir_bot tea', patience);
    await page.getByRole('option', { name: 'Found tea' }).waitFor(patience);
    await page.keyboard.press('Enter');
    await page
      .locator('.outgoing', { hasText: 'The whole text' })
      .getByText('via @dabir_bot')
      .waitFor(patience);
  });

  test('an empty chat on the page shows the bot’s description in the person’s language, and its button starts the bot', async () => {
    const { playground, api } = await withBot((bot) => {
      bot.command('start', (ctx) => ctx.reply('Welcome'));
    });
    await api.setMyDescription('I write down what you say.');
    await api.setMyDescription('هرچه بگویید می‌نویسم.', { language_code: 'fa' });
    const page = await open(playground.url, sara);
    await page.locator('#empty').getByText('هرچه بگویید می‌نویسم.').waitFor(patience);
    await page.getByRole('link', { name: 'Emma' }).click();
    await page.locator('#empty').getByText('I write down what you say.').waitFor(patience);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await message(page, 'Welcome').waitFor(patience);
  });

  test('times in a reply to a sound on the chat page jump in it, and those beyond its end do not', async () => {
    const { playground, api, person } = await runPlayground();
    const { message_id } = await person.sends(emma, wav, { kind: 'voice', duration: '20' });
    const reply_parameters = { message_id };
    await api.sendMessage(emma, 'at 0:07 and at 3:00, not 10:070', { reply_parameters });
    await api.sendMessage(emma, 'no reply 0:08');
    const page = await open(playground.url, emma);
    await message(page, 'no reply').waitFor(patience);
    expect(await page.locator('.time-link').allTextContents()).toEqual(['0:07']);
    await page.locator('.time-link').click();
    const player = page.getByRole('group', { name: 'Voice note' });
    await expect
      .poll(() => player.locator('.clock').textContent(), patience)
      .toMatch(/^0:(0[7-9]|1\d) \/ 0:20$/);
  });

  test('the chat page shows the bot’s draft until its message comes', async () => {
    const { playground, api } = await runPlayground();
    const page = await open(playground.url, emma);
    await page.locator('#empty').waitFor(patience);
    await api.sendMessageDraft(emma, 1, 'half of the');
    await page.locator('#draft', { hasText: 'half of the' }).waitFor(patience);
    await api.sendMessage(emma, 'half of the whole');
    await message(page, 'half of the whole').waitFor(patience);
    expect(await page.locator('#draft').isVisible()).toBe(false);
  });
});
