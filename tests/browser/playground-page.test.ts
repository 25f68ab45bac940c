import { readFile } from 'node:fs/promises';
import { type Bot, InlineKeyboard, InputFile } from 'grammy';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { startPlayground } from 'telegram-playground';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  afterThisTest,
  emma,
  runBot,
  runPlayground,
  sara,
  temporaryFolder,
  token,
} from '../../packages/telegram-playground/tests/running-playground.ts';
import { toneWav } from '../media/samples.ts';
import { describeWithChromium, launchChromium } from '../support/chromium.ts';

const patience = { timeout: 15_000 };
const phone = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: 'reduce',
} as const;
const wav = toneWav(440, 2, { rate: 8000, channels: 1, coding: 'pcm16' });

describeWithChromium('the chat page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** Opens the page as a person. A complaint of the browser (policy, scripts) fails the test. */
  async function open(
    url: string,
    personId: number | null,
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    const context = await browser.newContext({ permissions: ['microphone'], ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (line) => {
      const offline = line.text().includes('net::ERR_');
      if (line.type() === 'error' && !offline) complaints.push(line.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    afterThisTest(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    await page.goto(`${url}/${personId === null ? '' : `#${personId}`}`);
    return page;
  }

  /** Starts the playground with a scripted bot; `script` adds its handlers before the start. */
  async function withBot(script: (bot: Bot) => void = () => {}) {
    const running = await runPlayground();
    const bot = runBot(running.playground);
    script(bot);
    void bot.start({ drop_pending_updates: false });
    return { ...running, bot, url: running.playground.url };
  }

  test('on the chat page two people write to each other, and the bot answers in the name of one of them', async () => {
    const seen = Promise.withResolvers<{ id: string; text: string | undefined }>();
    const { url, api, person } = await withBot((bot) => {
      bot.on('business_message', (ctx) =>
        seen.resolve({
          id: ctx.businessMessage.business_connection_id ?? '',
          text: ctx.businessMessage.text,
        }),
      );
    });
    const page = await open(url, emma, { locale: 'en-GB' });
    await page.getByRole('button', { name: 'Chat menu' }).click();
    await page.getByRole('menuitem', { name: 'Bot for this account…' }).click();
    await page.getByLabel('Chats that the bot sees').selectOption('except');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect
      .poll(async () => (await person.request('GET', `/people/${emma}/connection`)).body)
      .toMatchObject({ chats: 'except', people: [], canReply: true });

    await page.getByRole('button', { name: 'New private chat' }).click();
    await page.locator('#pair-one').selectOption('Emma');
    await page.locator('#pair-other').selectOption('Liam');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Liam' }).waitFor(patience);
    await page.getByLabel('Write as').selectOption('Liam');
    await page.locator('#message').fill('Are you there?');
    await page.locator('#send').click();
    const { id, text } = await seen.promise;
    expect(text).toBe('Are you there?');

    await api.sendMessage(100_000_004, 'On my way', { business_connection_id: id });
    const answer = page.getByRole('article').filter({ hasText: 'On my way' });
    await answer.waitFor(patience);
    // Liam reads it as Emma's, with the name of the bot.
    expect(await answer.getAttribute('class')).toContain('incoming');
    expect(await answer.textContent()).toContain('via @dabir_bot');
    await page.getByRole('button', { name: 'Chat menu' }).click();
    await page.getByRole('menuitem', { name: 'Bot for this account…' }).click();
    await page.getByRole('heading', { name: 'A bot for the account of Liam' }).waitFor(patience);
  });

  test('on the chat page a person records, picks an engine, watches one message change and gets the documents', async () => {
    const mayAnswer = Promise.withResolvers<void>();
    const mayFinish = Promise.withResolvers<void>();
    const heard: { duration: number; mime: string | undefined }[] = [];
    const names = ['transcript.txt', 'transcript.docx', 'transcript.pdf'];
    const { url } = await withBot((bot) => {
      bot.on('message:voice', async (ctx) => {
        const { duration, mime_type: mime } = ctx.msg.voice;
        heard.push({ duration, mime });
        await ctx.reply('Which engine?', {
          reply_parameters: { message_id: ctx.msg.message_id },
          reply_markup: new InlineKeyboard().text('This machine', 'engine:local'),
        });
      });
      bot.callbackQuery('engine:local', async (ctx) => {
        await mayAnswer.promise;
        await ctx.answerCallbackQuery('Off we go');
        const stop = new InlineKeyboard().text('Stop', 'stop');
        await ctx.editMessageText('Writing ▓▓▓░░░░░ 42%', { reply_markup: stop });
        await mayFinish.promise;
        await ctx.editMessageText('Written.');
        await ctx.replyWithChatAction('upload_document');
        await ctx.replyWithMediaGroup(
          names.map((name) => ({ type: 'document', media: new InputFile(Buffer.from(`in ${name}`), name) })),
        );
      });
    });
    const page = await open(url, emma);
    const log = page.getByRole('log');

    await page.getByText('Speak, and get it in writing').waitFor(patience);
    await page.locator('#record').click();
    await expect.poll(() => page.getByRole('timer').textContent(), patience).toBe('0:01');
    await page.getByRole('button', { name: 'Send the recording' }).click();

    const engine = log.getByRole('button', { name: 'This machine' });
    await engine.waitFor(patience);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.duration).toBeGreaterThanOrEqual(1);
    expect(heard[0]?.mime).toMatch(/^audio\/(ogg|webm)$/);
    const voice = log.getByRole('group', { name: 'Voice note' });
    await voice.getByRole('button', { name: 'Play' }).click();
    await voice.getByRole('button', { name: 'Pause' }).waitFor(patience);

    await engine.click();
    await expect.poll(() => engine.getAttribute('aria-busy')).toBe('true');
    const status = await messageWith(engine);
    mayAnswer.resolve();
    await page.locator('.toast', { hasText: 'Off we go' }).waitFor(patience);
    await expect.poll(() => status.textContent(), patience).toContain('42%');
    expect(await log.locator('[aria-busy]').count()).toBe(0);
    const before = await log.getByRole('article').count();
    mayFinish.resolve();
    await expect.poll(() => status.textContent(), patience).toContain('Written.');
    expect(await status.textContent()).not.toContain('edited');
    expect(await status.getByRole('button', { name: 'Stop' }).count()).toBe(0);

    for (const name of names) await log.getByRole('link', { name: `Download ${name}` }).waitFor(patience);
    expect(await log.getByRole('article').count()).toBe(before + 3);
    expect(await log.locator('.album').count()).toBe(3);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      log.getByRole('link', { name: 'Download transcript.docx' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('transcript.docx');
    expect(await readFile(await download.path(), 'utf8')).toBe('in transcript.docx');
  });

  test('on the chat page files are attached, captioned and sent in order', async () => {
    const { url, person } = await runPlayground().then((running) => ({
      ...running,
      url: running.playground.url,
    }));
    const page = await open(url, emma);
    await page.getByText('Speak, and get it in writing').waitFor(patience);
    await page.locator('#picker').setInputFiles([
      { name: 'first talk.wav', mimeType: 'audio/wav', buffer: wav },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') },
      { name: 'not this one.txt', mimeType: 'text/plain', buffer: Buffer.from('no') },
    ]);
    await page.getByRole('button', { name: 'Remove not this one.txt' }).click();
    await page.locator('#message').fill('Two files');
    await page.keyboard.press('Enter');

    await page.getByRole('link', { name: 'Download notes.txt' }).waitFor(patience);
    const [first, second, ...others] = await person.messages(emma);
    expect(first).toMatchObject({
      caption: 'Two files',
      audio: { duration: 2, file_name: 'first talk.wav' },
    });
    expect(second).toMatchObject({ document: { file_name: 'notes.txt' } });
    expect(second).not.toHaveProperty('caption');
    expect(others).toEqual([]);
    expect(await page.locator('#pending > *').count()).toBe(0);
  });

  test('a file dropped on the chat page waits above the text box', async () => {
    const { playground } = await runPlayground();
    const page = await open(playground.url, sara, { locale: 'fa-IR' });
    await page.locator('#composer').waitFor(patience);
    const transfer = await page.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File(['voice'], 'صدای من.ogg', { type: 'audio/ogg' })); return data; })()`,
    );
    await page.dispatchEvent('#log', 'dragenter', { dataTransfer: transfer });
    await page.getByText('برای پیوست، همین‌جا رها کنید').waitFor(patience);
    await page.dispatchEvent('#log', 'drop', { dataTransfer: transfer });
    await page.getByRole('button', { name: 'برداشتن صدای من.ogg' }).waitFor(patience);
    expect(await page.getByText('برای پیوست، همین‌جا رها کنید').isVisible()).toBe(false);
  });

  test('an alert on the chat page is a dialog, and the focus returns to the button', async () => {
    const { url, api } = await withBot((bot) => {
      bot.callbackQuery('about', (ctx) =>
        ctx.answerCallbackQuery({ text: 'It stays on this machine.', show_alert: true }),
      );
    });
    await api.sendMessage(emma, 'Hello', { reply_markup: new InlineKeyboard().text('About', 'about') });
    const page = await open(url, emma);
    const about = page.getByRole('button', { name: 'About' });
    await about.click(patience);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It stays on this machine.').waitFor(patience);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden', ...patience });
    expect(await about.evaluate(inPage('return node === document.activeElement'))).toBe(true);
  });

  test('the command list of the chat page opens by its button and while a command is typed', async () => {
    const asked: string[] = [];
    const { url, api } = await withBot((bot) => {
      bot.on('message:text', async (ctx) => {
        asked.push(ctx.msg.text);
        await ctx.reply(`You asked for ${ctx.msg.text}`);
      });
    });
    await api.setMyCommands([
      { command: 'start', description: 'Begin' },
      { command: 'help', description: 'What can it do?' },
    ]);
    const page = await open(url, emma);
    await page.getByRole('button', { name: 'Commands' }).click(patience);
    expect(await page.getByRole('option').allTextContents()).toEqual(['/startBegin', '/helpWhat can it do?']);
    await page.keyboard.press('Escape');
    await page.locator('#message').pressSequentially('/he');
    expect(await page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Enter');
    // A command in a message can be pressed, too.
    await page.getByText('You asked for').getByRole('button', { name: '/help' }).click(patience);
    await expect.poll(() => asked, patience).toEqual(['/help', '/help']);
  });

  test('on the chat page a command in a Persian text can be pressed, and its slash stands before its name', async () => {
    const asked: string[] = [];
    const { url, api } = await withBot((bot) => {
      bot.on('message:text', (ctx) => void asked.push(ctx.msg.text));
    });
    await api.sendMessage(sara, 'همه را با \u200e/help ببینید.');
    const page = await open(url, sara);
    const command = page.getByText('همه را با').getByRole('button', { name: '/help' });
    await command.waitFor(patience);
    const left = async (offset: number) =>
      Number(
        await command.evaluate(
          inPage(`
            const range = document.createRange();
            range.setStart(node.firstChild, ${offset});
            range.setEnd(node.firstChild, ${offset + 1});
            return range.getBoundingClientRect().left;
          `),
        ),
      );
    expect(await left(0)).toBeLessThan(await left(1));
    await command.click();
    await expect.poll(() => asked, patience).toEqual(['/help']);
  });

  test('everything on the chat page works by keyboard', async () => {
    const pressed: string[] = [];
    const { url, api, person } = await withBot((bot) => {
      bot.on('callback_query:data', async (ctx) => {
        pressed.push(ctx.callbackQuery.data);
        await ctx.answerCallbackQuery('Pressed');
      });
    });
    await person.says(emma, 'the first words');
    const buttons = new InlineKeyboard().text('One', 'one').text('Two', 'two');
    await api.sendMessage(emma, 'Choose', { reply_markup: buttons });
    const page = await open(url, emma);
    await page.getByRole('article').getByText('Choose').waitFor(patience);
    const focused = () =>
      page.evaluate(
        'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
      );

    // From the text box up into the messages, to a button, and back.
    expect(await page.evaluate('document.activeElement.id')).toBe('message');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toMatch(/^Dabir, |^دبیر, |, \d\d:\d\d$/);
    for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    expect(await focused()).toBe('One');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('.toast', { hasText: 'Pressed' }).waitFor(patience);
    expect(pressed).toEqual(['two']);
    // Left and right go round the controls of one message.
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toMatch(/, \d\d:\d\d$/);
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe('Two');
    await page.keyboard.press('Escape');
    expect(await focused()).toMatch(/, \d\d:\d\d$/);
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.id')).toBe('message');
    // All messages together are one stop of the Tab key.
    const stops = '[...document.querySelectorAll("#log *")].filter((one) => one.tabIndex >= 0).length';
    expect(await page.evaluate(stops)).toBe(1);

    // The actions of an older message: reply to it.
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toMatch(/^You, /);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor(patience);
    expect(await focused()).toBe('Reply');
    await page.keyboard.press('Enter');
    await page.keyboard.type('an answer');
    await page.keyboard.press('Enter');
    const quote = page.getByRole('article').last().getByTitle('Show the message this replies to');
    await quote.waitFor(patience);
    expect(await quote.textContent()).toBe('Youthe first words');

    // Another person, by the arrow keys of the list.
    await page.locator('.person[aria-current]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('location.hash'), patience).not.toBe(`#${emma}`);
    expect(await page.locator('.person[aria-current]').count()).toBe(1);
  });

  test('on a phone the chat page begins with the list, and nothing is wider than the screen', async () => {
    const { playground, api } = await runPlayground();
    const keyboard = new InlineKeyboard()
      .text('A rather long label for a button', 'a')
      .text('And another', 'b');
    await api.sendMessage(
      sara,
      'متن https://example.com/a/very/long/address/without/any/break/at/all/really',
      {
        reply_markup: keyboard,
      },
    );
    await api.sendDocument(sara, new InputFile(Buffer.from('x'), `${'name_'.repeat(20)}.txt`));
    await api.sendVoice(sara, new InputFile(wav, 'voice.ogg'));
    const page = await open(playground.url, null, { ...phone, locale: 'fa-IR' });
    const log = page.getByRole('log');
    await page.getByRole('link', { name: 'سارا' }).tap(patience);
    await log.getByText('متن').waitFor(patience);
    for (const part of ['.message', '.bubble', '.inline-button', '.composer'])
      for (const box of await boxesOf(page.locator(part))) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(360);
      }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.getByRole('button', { name: 'بازگشت به فهرست' }).tap();
    await expect.poll(() => page.locator('.chat').isVisible(), patience).toBe(false);
    expect(await page.getByRole('link', { name: 'سارا' }).isVisible()).toBe(true);
  });

  test.each([
    ['a touch screen', phone],
    ['a narrow window', { viewport: phone.viewport }],
  ])(
    'the chat page’s list of people opens in view in Persian on %s, names in the middle of their rows',
    async (_, options) => {
      const { url } = await withBot();
      const page = await open(url, null, { ...options, locale: 'fa-IR' });
      const row = page.getByRole('link', { name: 'سارا' });
      await row.waitFor(patience);
      for (const [target, width] of [
        [row, 300],
        [row.locator('.person-name'), 20],
      ] as const) {
        const box = await target.boundingBox();
        expect(box?.x).toBeGreaterThanOrEqual(0);
        expect(box?.width).toBeGreaterThan(width);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
      }
      const [all, name] = [await row.boundingBox(), await row.locator('.person-name').boundingBox()];
      const middle = (box: typeof all) => (box?.y ?? 0) + (box?.height ?? 0) / 2;
      expect(Math.abs(middle(all) - middle(name))).toBeLessThanOrEqual(3);
    },
  );

  test('the chat page follows the browser’s language, whoever writes, and each paragraph its own direction', async () => {
    const { playground, api } = await runPlayground();
    await api.sendMessage(sara, 'سلام Dabir جان\nThis line is English.\n▓▓▓░ 42%', {});
    const page = await open(playground.url, sara, { locale: 'fa-IR' });
    const words = page.locator('.words');
    await words.waitFor(patience);
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await page.locator('#message').getAttribute('placeholder')).toBe('پیام');
    expect(await page.locator('.stamp').textContent()).toMatch(/^[۰-۹]{2}:[۰-۹]{2}$/);
    const sides = (await words.evaluate(
      inPage(`
      const frame = node.getBoundingClientRect();
      const sideOf = (word) => {
        for (const text of (function* walk(one) {
          if (one.nodeType === 3) yield one; else for (const child of one.childNodes) yield* walk(child);
        })(node)) {
          const at = text.data.indexOf(word);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + word.length);
          const box = range.getBoundingClientRect();
          return box.left - frame.left < frame.right - box.right ? 'left' : 'right';
        }
      };
      return ['سلام', 'This', '▓'].map(sideOf);
    `),
    )) as string[];
    expect(sides).toEqual(['right', 'left', 'right']);

    await page.getByRole('link', { name: 'Emma' }).click();
    await page.getByText('شما Emma هستید').waitFor(patience);
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    const english = await open(playground.url, sara, { locale: 'en-GB' });
    await english.getByText('you are سارا').waitFor(patience);
    expect(await english.locator('#message').getAttribute('placeholder')).toBe('Message');
  });

  test('a wide chat page opens the chat of a person who speaks the browser’s language', async () => {
    const { playground } = await runPlayground();
    const persian = await open(playground.url, null, { locale: 'fa-IR' });
    await persian.getByText('شما سارا هستید').waitFor(patience);
    const english = await open(playground.url, null, { locale: 'en-GB' });
    await english.getByText('you are Emma').waitFor(patience);
    expect(await english.getByText('This page stands in for Telegram.').isVisible()).toBe(true);
  });

  test('the chat page shows formatted text formatted, and markup in it as plain characters', async () => {
    const { playground, api } = await runPlayground();
    const text = '🎉 bold-italic <img src=x onerror=alert(1)> /help javascript:alert(1) hidden';
    const at = (part: string) => ({ offset: text.indexOf(part), length: part.length });
    await api.sendMessage(emma, text, {
      entities: [
        { type: 'bold', ...at('bold-italic') },
        { type: 'italic', ...at('italic') },
        { type: 'code', ...at('<img src=x onerror=alert(1)>') },
        { type: 'text_link', ...at('javascript'), url: 'https://example.com/' },
        { type: 'spoiler', ...at('hidden') },
      ],
    });
    const page = await open(playground.url, emma);
    const words = page.locator('.words');
    await words.waitFor(patience);
    expect(await words.textContent()).toBe(text);
    expect(await words.locator('strong').textContent()).toBe('bold-italic');
    expect(await words.locator('strong em').textContent()).toBe('italic');
    expect(await words.locator('code').textContent()).toBe('<img src=x onerror=alert(1)>');
    expect(await words.locator('a').getAttribute('href')).toBe('https://example.com/');
    expect(await words.locator('img').count()).toBe(0);
    await words.getByRole('button', { name: 'Hidden text, tap to show' }).press('Enter');
    expect(await words.locator('.spoiler.revealed').count()).toBe(1);
  });

  test('on the chat page older messages load on scrolling up, and an edit far below does not move the view', async () => {
    const { playground, api, person } = await runPlayground();
    for (let index = 1; index <= 120; index += 1) await person.says(emma, `line ${index}`);
    const status = await api.sendMessage(emma, 'short');
    const page = await open(playground.url, emma);
    await page.getByText('line 120', { exact: true }).waitFor(patience);
    const oldest = page.getByText('line 1', { exact: true });
    await expect
      .poll(async () => {
        await page.locator('#scroller').evaluate(inPage('node.scrollTop = 0'));
        return oldest.count();
      }, patience)
      .toBe(1);
    expect(await page.getByRole('article').count()).toBe(121);
    await page.locator('#scroller').evaluate(inPage('node.scrollTop = 400'));
    const read = page.getByText('line 12', { exact: true });
    const before = await read.boundingBox();
    await api.editMessageText(emma, status.message_id, 'tall\n'.repeat(30));
    await api.sendMessage(emma, 'the newest');
    await page.locator('#jump-count', { hasText: '1' }).waitFor(patience);
    expect(await read.boundingBox()).toEqual(before);
    await page.getByRole('button', { name: 'Go to the newest message' }).click();
    await expect
      .poll(() => page.getByRole('article').getByText('the newest').isVisible(), patience)
      .toBe(true);
  });

  test('the chat page shows a lost connection and connects again, and missed messages appear', async () => {
    const dataDir = await temporaryFolder();
    const first = await startPlayground({ dataDir, host: '127.0.0.1', port: 0, token });
    const page = await open(first.url, emma);
    await page.getByText('Speak, and get it in writing').waitFor(patience);
    await first.close();
    await page.getByText('Connection lost. Trying again…').waitFor(patience);
    await page.locator('#message').fill('not lost');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#message').inputValue(), patience).toBe('not lost');

    const port = Number(new URL(first.url).port);
    const second = await startPlayground({ dataDir, host: '127.0.0.1', port, token });
    afterThisTest(() => second.close());
    await page.getByText('Connection lost. Trying again…').waitFor({ state: 'hidden', ...patience });
    await page.keyboard.press('Enter');
    await page.getByRole('article').getByText('not lost').waitFor(patience);
  });

  test('on the chat page a new person can be added, and the theme is remembered', async () => {
    const { playground } = await runPlayground();
    const page = await open(playground.url, emma, { colorScheme: 'light' });
    await page.getByRole('button', { name: 'Add a person' }).first().click(patience);
    await page.getByLabel('Name', { exact: true }).fill('نگار');
    await page.getByLabel('Language').selectOption('fa');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('you are نگار').waitFor(patience);
    await page.getByRole('button', { name: 'Theme: same as system' }).click();
    await page.getByRole('button', { name: 'Theme: light' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Theme: dark' }).waitFor(patience);
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  test('the chat page explains a denied microphone', async () => {
    const { playground } = await runPlayground();
    const strict = await launchChromium('denied');
    afterThisTest(() => strict.close());
    const page = await strict.newPage();
    await page.goto(`${playground.url}/#${emma}`);
    await page.locator('#record').click(patience);
    await page.locator('.toast', { hasText: 'cannot use the microphone' }).waitFor(patience);
    expect(await page.locator('#message').isVisible()).toBe(true);
  });
});

/**
 * Returns a function for the page, in which `node` is the element. It is written as text, since the tests'
 * types know no DOM.
 */
function inPage(body: string): (node: unknown) => unknown {
  return new Function('node', body) as (node: unknown) => unknown;
}

/** Returns the message that contains a control, located by its id from now on. */
async function messageWith(control: Locator): Promise<Locator> {
  const id = await control.evaluate(inPage('return node.closest("article").id'));
  return control.page().locator(`#${id}`);
}

async function boxesOf(locator: Locator) {
  const boxes = await Promise.all((await locator.all()).map((one) => one.boundingBox()));
  return boxes.filter((box) => box !== null);
}
