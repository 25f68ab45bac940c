import { InputFile, InputMediaBuilder } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { refusal, runPlayground, sara, token } from './running-playground.ts';

const button = (fields: object) => ({
  reply_markup: { inline_keyboard: [[{ text: 'b', ...fields } as InlineKeyboardButton]] },
});

describe('the playground refuses, as Telegram does,', () => {
  test('the playground refuses, as Telegram does, unknown methods and wrong tokens', async () => {
    const { playground } = await runPlayground();
    const unknown = await fetch(`${playground.apiRoot}/bot${token}/sendNothing`);
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      { ok: false, error_code: 404, description: 'Not Found' },
    ]);
    const stranger = await fetch(`${playground.apiRoot}/bot1000000001:other/getMe`);
    expect([stranger.status, await stranger.json()]).toEqual([
      401,
      { ok: false, error_code: 401, description: 'Unauthorized' },
    ]);
    const file = await fetch(`${playground.apiRoot}/file/bot1000000001:other/voice/file_0.oga`);
    expect(file.status).toBe(401);
  });

  test('the playground refuses, as Telegram does, empty texts, too long texts, and values that are no text', async () => {
    const { api } = await runPlayground();
    expect(await refusal(api.sendMessage(sara, ''))).toBe('Bad Request: message text is empty');
    expect(await refusal(api.sendMessage(sara, ' \n\t '))).toBe('Bad Request: text must be non-empty');
    expect(await refusal(api.sendMessage(sara, 'x'.repeat(4097)))).toBe('Bad Request: message is too long');
    expect(await refusal(api.sendMessage(sara, '😀'.repeat(2049)))).toBe('Bad Request: message is too long');
    expect(await refusal(api.sendMessage(sara, 'half \ud83d'))).toBe(
      'Bad Request: strings must be encoded in UTF-8',
    );
    // The limit counts what is left after trimming.
    expect((await api.sendMessage(sara, `  ${'x'.repeat(4096)}  `)).text).toHaveLength(4096);
    expect(await refusal(api.sendMessage(sara, '<b>x</b>', { parse_mode: 'HTML' }))).toContain('parse_mode');
  });

  test('the playground refuses, as Telegram does, missing chats and messages', async () => {
    const { api, person } = await runPlayground();
    expect(await refusal(api.sendMessage(5, 'x'))).toBe('Bad Request: chat not found');
    expect(await refusal(api.sendMessage('', 'x'))).toBe('Bad Request: chat_id is empty');
    expect(await refusal(api.editMessageText(sara, 99, 'x'))).toBe('Bad Request: message to edit not found');
    expect(await refusal(api.deleteMessage(sara, 99))).toBe('Bad Request: message to delete not found');
    expect(await refusal(api.setMessageReaction(sara, 99, []))).toBe(
      'Bad Request: message to react not found',
    );
    const reply_parameters = { message_id: 99 };
    expect(await refusal(api.sendMessage(sara, 'x', { reply_parameters }))).toBe(
      'Bad Request: message to be replied not found',
    );
    const lenient = { ...reply_parameters, allow_sending_without_reply: true };
    expect(await refusal(api.sendMessage(sara, 'x', { reply_parameters: lenient }))).toBe('not refused');
    const own = await person.says(sara, 'mine');
    expect(await refusal(api.editMessageText(sara, own.message_id, 'x'))).toBe(
      "Bad Request: message can't be edited",
    );
  });

  test('the playground refuses, as Telegram does, edits that change nothing or are not possible', async () => {
    const { api } = await runPlayground();
    const keyboard = button({ callback_data: 'a' });
    const { message_id } = await api.sendMessage(sara, 'text', keyboard);
    expect(await refusal(api.editMessageText(sara, message_id, 'text', keyboard))).toBe(
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same ' +
        'as a current content and reply markup of the message',
    );
    expect(await refusal(api.editMessageCaption(sara, message_id, { caption: 'x' }))).toBe(
      'Bad Request: there is no caption in the message to edit',
    );
    // Without a keyboard the old one is removed.
    const edited = await api.editMessageText(sara, message_id, 'text');
    expect(edited).not.toHaveProperty('reply_markup');
    const file = await api.sendDocument(sara, new InputFile(Buffer.from('x'), 'x.txt'));
    expect(await refusal(api.editMessageText(sara, file.message_id, 'x'))).toBe(
      'Bad Request: there is no text in the message to edit',
    );
    const asked = await api.sendMessage(sara, 'type', { reply_markup: { force_reply: true } });
    expect(await refusal(api.editMessageText(sara, asked.message_id, 'x'))).toBe(
      "Bad Request: message can't be edited",
    );
  });

  test('the playground refuses, as Telegram does, buttons without an action, with two, or with oversized ones', async () => {
    const { api } = await runPlayground();
    const send = (fields: object) => refusal(api.sendMessage(sara, 'x', button(fields)));
    expect(await send({ callback_data: 'я'.repeat(33) })).toBe('Bad Request: BUTTON_DATA_INVALID');
    expect(await send({ callback_data: 'я'.repeat(32) })).toBe('not refused');
    const noAction =
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard";
    expect(await send({})).toBe(noAction);
    expect(await send({ callback_data: '' })).toBe(noAction);
    expect(await send({ callback_data: 'a', url: 'https://example.org' })).toBe(
      'Bad Request: BUTTON_TYPE_INVALID',
    );
    expect(await send({ callback_data: 5 })).toBe(
      'Bad Request: can\'t parse inline keyboard button: Field "callback_data" must be of type String',
    );
    expect(await send({ url: 'http://localhost/admin' })).toContain('Wrong HTTP URL');
  });

  test('the playground refuses, as Telegram does, entities that split a symbol, and drops or cuts those out of range', async () => {
    const { api } = await runPlayground();
    const split = [{ type: 'bold' as const, offset: 0, length: 1 }];
    expect(await refusal(api.sendMessage(sara, '😀', { entities: split }))).toBe(
      'Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at UTF-16 offset 1',
    );
    const message = await api.sendMessage(sara, '  سلام  ', {
      entities: [
        { type: 'bold', offset: 2, length: 100 },
        { type: 'italic', offset: 50, length: 2 },
        { type: 'code', offset: 0, length: 0 },
      ],
    });
    expect(message.text).toBe('سلام');
    expect(message.entities).toEqual([{ type: 'bold', offset: 0, length: 4 }]);
    const bad = [{ type: 'glow', offset: 0, length: 1 }] as never;
    expect(await refusal(api.sendMessage(sara, 'x', { entities: bad }))).toBe(
      "Bad Request: can't parse MessageEntity: Unsupported type specified",
    );
  });

  test('the playground refuses, as Telegram does, captions, files and albums beyond their limits', async () => {
    const { api } = await runPlayground();
    const file = (name = 'a.txt') => new InputFile(Buffer.from('text'), name);
    const caption = 'x'.repeat(1025);
    expect(await refusal(api.sendDocument(sara, file(), { caption }))).toBe(
      'Bad Request: message caption is too long',
    );
    expect(await refusal(api.sendDocument(sara, new InputFile(Buffer.alloc(0), 'a.txt')))).toBe(
      'Bad Request: file must be non-empty',
    );
    expect(await refusal(api.sendDocument(sara, 'AgACAgQAAx-unknown'))).toBe(
      'Bad Request: wrong file identifier/HTTP URL specified',
    );
    expect(await refusal(api.sendDocument(sara, ''))).toBe(
      'Bad Request: there is no document in the request',
    );
    const { document } = await api.sendDocument(sara, file());
    expect(await refusal(api.sendVoice(sara, document.file_id))).toBe(
      "Bad Request: can't use file of type Document as VoiceNote",
    );

    const documents = (count: number) =>
      Array.from({ length: count }, () => InputMediaBuilder.document(file()));
    expect(await refusal(api.sendMediaGroup(sara, documents(0)))).toBe(
      'Bad Request: there are no messages to send',
    );
    expect(await refusal(api.sendMediaGroup(sara, documents(1)))).toContain('2-10');
    expect(await refusal(api.sendMediaGroup(sara, documents(11)))).toBe(
      'Bad Request: too many messages to send as an album',
    );
    const mixed = [InputMediaBuilder.document(file()), InputMediaBuilder.photo(file('a.jpg'))] as never;
    expect(await refusal(api.sendMediaGroup(sara, mixed))).toBe(
      "Bad Request: document can't be mixed with other media types",
    );
  });

  test('the playground refuses, as Telegram does, uploads above 50 MB, with 413, and leaves nothing on disk', async () => {
    const { api, folder } = await runPlayground();
    async function* large() {
      for (let megabyte = 0; megabyte < 51; megabyte += 1) yield new Uint8Array(1024 * 1024);
    }
    expect(await refusal(api.sendDocument(sara, new InputFile(large, 'large.bin')))).toBe(
      'Request Entity Too Large',
    );
    const { readdir } = await import('node:fs/promises');
    expect(await readdir(`${folder}/files`)).toEqual([]);
  });

  test('the playground refuses, as Telegram does, downloads above 20 MB', async () => {
    const { api, person } = await runPlayground();
    const limit = 20 * 1024 * 1024;
    const fits = await person.sends(sara, new Uint8Array(limit), { kind: 'audio' });
    const large = await person.sends(sara, new Uint8Array(limit + 1), { kind: 'audio' });
    expect(await refusal(api.getFile(fits.audio?.file_id ?? ''))).toBe('not refused');
    expect(await refusal(api.getFile(large.audio?.file_id ?? ''))).toBe('Bad Request: file is too big');
    expect(await refusal(api.getFile('nonsense'))).toBe('Bad Request: invalid file_id');
  });

  test('the playground refuses, as Telegram does, answers to no query, and answers that are too long', async () => {
    const { api } = await runPlayground();
    const old = 'Bad Request: query is too old and response timeout expired or query ID is invalid';
    expect(await refusal(api.answerCallbackQuery('1'))).toBe(old);
    expect(await refusal(api.answerInlineQuery('1', []))).toBe(old);
    expect(await refusal(api.answerCallbackQuery('1', { text: 'x'.repeat(201) }))).toBe(
      'Bad Request: MESSAGE_TOO_LONG',
    );
  });

  test('the playground refuses, as Telegram does, calls that private chats do not support', async () => {
    const { api } = await runPlayground();
    expect(await refusal(api.getChatAdministrators(sara))).toBe(
      'Bad Request: there are no administrators in the private chat',
    );
    expect(await refusal(api.leaveChat(sara))).toContain("can't be changed in private chats");
    expect(await refusal(api.sendChatAction(sara, 'dancing' as 'typing'))).toBe(
      'Bad Request: wrong parameter action in request',
    );
    expect(await refusal(api.setMyCommands([{ command: 'Bad-One', description: 'x' }]))).toBe(
      'Bad Request: BOT_COMMAND_INVALID',
    );
  });

  test('the playground refuses, as Telegram does, every message to a person who stopped the bot', async () => {
    const { api, person } = await runPlayground();
    const { message_id } = await api.sendMessage(sara, 'x');
    await person.request('PATCH', `/people/${sara}`, { blocked: true });
    const blocked = 'Forbidden: bot was blocked by the user';
    expect(await refusal(api.sendMessage(sara, 'y'))).toBe(blocked);
    expect(await refusal(api.editMessageText(sara, message_id, 'y'))).toBe(blocked);
    expect(await refusal(api.sendChatAction(sara, 'typing'))).toBe(blocked);
    const updates = await api.getUpdates();
    expect(updates[0]?.my_chat_member).toMatchObject({
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked' },
    });
    await person.request('PATCH', `/people/${sara}`, { blocked: false });
    expect(await refusal(api.sendMessage(sara, 'y'))).toBe('not refused');
  });
});
