import { InputFile, InputMediaBuilder } from 'grammy';
import { describe, expect, test } from 'vitest';
import { emma, runBot, runPlayground, sara, token } from './running-playground.ts';

describe('a bot at the playground', () => {
  test('a bot at the playground answers people over long polling, edits its message and answers a pressed button', async () => {
    const { playground, person } = await runPlayground();
    const bot = runBot(playground);
    bot.command('start', (context) =>
      context.reply('Choose', {
        reply_markup: { inline_keyboard: [[{ text: 'Local', callback_data: 'engine:1:local' }]] },
      }),
    );
    bot.callbackQuery('engine:1:local', async (context) => {
      await context.editMessageText('Chosen');
      await context.answerCallbackQuery({ text: 'Good', show_alert: true });
    });
    void bot.start();

    await person.says(sara, '/start');
    await expect.poll(async () => (await person.messages(sara)).length).toBe(2);
    const [command, menu] = await person.messages(sara);
    expect(command?.entities).toEqual([{ type: 'bot_command', offset: 0, length: 6 }]);

    const pressed = await person.presses(sara, menu?.message_id ?? 0, 'engine:1:local');
    expect(pressed.body).toEqual({ answered: true, text: 'Good', show_alert: true });
    const [, edited] = await person.messages(sara);
    expect(edited).toMatchObject({ text: 'Chosen', edit_date: expect.any(Number) });
    expect(edited?.reply_markup).toBeUndefined();
  });

  test.each([
    ['after a left-to-right mark', 'با \u200e/usage ببینید', [4]],
    ['after a right-to-left mark at the start', '\u200f\u200e/report و \u200e/engines', [2, 13]],
    ['in brackets and quotation marks', '(/usage) «/help»', [1, 10]],
    ['not in a path, an address or a word', 'a/b //c </d> https://example.org/file 1/2', []],
  ] as const)(
    'a bot at the playground finds commands in a text as Telegram does: %s',
    async (_, text, offsets) => {
      const { api } = await runPlayground();
      const { entities = [] } = await api.sendMessage(sara, text);
      const commands = entities.filter(({ type }) => type === 'bot_command');
      expect(commands.map(({ offset }) => offset)).toEqual(offsets);
      for (const { offset, length } of commands)
        expect(text.slice(offset, offset + length)).toMatch(/^\/[a-z]+$/);
    },
  );

  test('a bot at the playground receives a voice note and downloads the same bytes', async () => {
    const { playground, api, person } = await runPlayground();
    const bytes = new Uint8Array(300_000).map((_, index) => index % 251);
    const sent = await person.sends(sara, bytes, { kind: 'voice', duration: '12' });
    expect(sent.voice).toMatchObject({ duration: 12, mime_type: 'audio/ogg', file_size: 300_000 });

    const [update] = await api.getUpdates();
    const file = await api.getFile(update?.message?.voice?.file_id ?? '');
    expect(file.file_path).toBe('voice/file_0.oga');
    const response = await fetch(`${playground.apiRoot}/file/bot${token}/${file.file_path}`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  test('a bot at the playground sends a document with a Persian name, and again by its file_id', async () => {
    const { api, playground } = await runPlayground();
    const text = 'سلام';
    const first = await api.sendDocument(emma, new InputFile(Buffer.from(text), 'متن جلسه.txt'), {
      caption: 'the text',
    });
    expect(first.document).toMatchObject({
      file_name: 'متن جلسه.txt',
      mime_type: 'text/plain',
      file_size: 8,
    });
    expect(first.caption).toBe('the text');

    const second = await api.sendDocument(emma, first.document.file_id);
    expect(second.document).toEqual(first.document);
    const shown = await fetch(
      `${playground.url}/playground/files/${first.document.file_unique_id}?download=1`,
    );
    expect(await shown.text()).toBe(text);
    expect(shown.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('متن جلسه.txt')}`,
    );
  });

  test('a bot at the playground has its file names cleaned as Telegram does', async () => {
    const { api } = await runPlayground();
    const name = async (given: string) =>
      (await api.sendDocument(emma, new InputFile(Buffer.from('x'), given))).document.file_name;
    expect(await name('../../etc/passwd.txt')).toBe('passwd.txt');
    expect(await name('a:b?.pdf')).toBe('a b.pdf');
    expect(await name(`${'ن'.repeat(100)}.docx`)).toBe(`${'ن'.repeat(64)}.docx`);
  });

  test('a bot at the playground sets commands by language, which people see', async () => {
    const { api, person } = await runPlayground();
    const [english, persian] = ['Help', 'راهنما'].map((description) => [{ command: 'help', description }]);
    await api.setMyCommands(english ?? []);
    await api.setMyCommands(persian ?? [], { language_code: 'fa', scope: { type: 'all_private_chats' } });
    expect((await person.request('GET', '/bot?language=fa')).body.commands).toEqual(persian);
    expect((await person.request('GET', '/bot?language=de')).body.commands).toEqual(english);
    await api.deleteMyCommands({ language_code: 'fa', scope: { type: 'all_private_chats' } });
    expect((await person.request('GET', '/bot?language=fa')).body.commands).toEqual(english);
    expect(await api.getMyCommands()).toEqual(english);
  });

  test('a bot at the playground may call by query, by form and in any case', async () => {
    const { playground } = await runPlayground();
    const root = `${playground.apiRoot}/bot${token}`;
    const byQuery = await fetch(`${root}/SENDMESSAGE?chat_id=${sara}&text=query`);
    expect(await byQuery.json()).toMatchObject({ ok: true, result: { text: 'query' } });
    const byForm = await fetch(`${root}/sendMessage`, {
      method: 'POST',
      body: new URLSearchParams({ chat_id: String(sara), text: 'form', unheard_of: 'ignored' }),
    });
    expect(await byForm.json()).toMatchObject({ ok: true, result: { text: 'form' } });
    expect(playground.calls().map(({ method }) => method)).toEqual(['sendMessage', 'sendMessage']);
  });

  test('a bot at the playground sends an album of documents', async () => {
    const { api, person } = await runPlayground();
    const album = await api.sendMediaGroup(sara, [
      InputMediaBuilder.document(new InputFile(Buffer.from('one'), 'a.txt'), { caption: 'files' }),
      InputMediaBuilder.document(new InputFile(Buffer.from('two'), 'b.srt')),
    ]);
    expect(album).toHaveLength(2);
    const shown = await person.messages(sara);
    expect(shown.map((message) => message.document?.file_name)).toEqual(['a.txt', 'b.srt']);
    expect(new Set(shown.map((message) => message.media_group_id)).size).toBe(1);
  });

  test('a bot at the playground replies, quotes, reacts and deletes', async () => {
    const { api, person } = await runPlayground();
    const question = await person.says(sara, 'سلام دبیر');
    const reply = await api.sendMessage(sara, 'جواب', {
      reply_parameters: { message_id: question.message_id, quote: 'دبیر' },
    });
    expect(reply.reply_to_message?.message_id).toBe(question.message_id);
    expect(reply.quote).toEqual({ text: 'دبیر', position: 5, is_manual: true });
    await api.setMessageReaction(sara, question.message_id, [{ type: 'emoji', emoji: '👌' }]);
    expect((await person.messages(sara))[0]?.reactions).toEqual([{ type: 'emoji', emoji: '👌' }]);
    await api.deleteMessage(sara, reply.message_id);
    expect(await person.messages(sara)).toHaveLength(1);
  });
});
