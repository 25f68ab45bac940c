import { InputFile, InputMediaBuilder } from 'grammy';
import { describe, expect, test } from 'vitest';
import { refusal, runPlayground, sara } from './running-playground.ts';

const file = (text: string, name = 'a.txt') => new InputFile(Buffer.from(text), name);
const document = (text: string) => InputMediaBuilder.document(file(text));

describe('the file of a message', () => {
  test('the file of a message is replaced, in an album too, together with its caption', async () => {
    const { api, person } = await runPlayground();
    await api.sendMediaGroup(sara, [document('one'), document('two')]);
    const [first, second] = await person.messages(sara);
    const media = InputMediaBuilder.document(file('new', 'b.txt'), { caption: 'newer' });
    await api.editMessageMedia(sara, second?.message_id ?? 0, media);
    const [before, after] = await person.messages(sara);
    expect(before).toMatchObject({ document: { file_name: 'a.txt' }, media_group_id: first?.media_group_id });
    expect(after).toMatchObject({
      document: { file_name: 'b.txt' },
      caption: 'newer',
      media_group_id: first?.media_group_id,
      edit_date: expect.any(Number),
    });
  });

  test('the file of a message replaces a text', async () => {
    const { api, person } = await runPlayground();
    const { message_id } = await api.sendMessage(sara, 'soon');
    await api.editMessageMedia(sara, message_id, document('here'));
    const [message] = await person.messages(sara);
    expect(message).toMatchObject({ document: { file_name: 'a.txt' } });
    expect(message?.text).toBeUndefined();
  });

  test('the file of a message is refused as Telegram refuses it', async () => {
    const { api } = await runPlayground();
    const [item] = await api.sendMediaGroup(sara, [document('one'), document('two')]);
    const inAlbum = item?.message_id ?? 0;
    const audio = InputMediaBuilder.audio(new InputFile(Buffer.from('x'), 'a.mp3'));
    expect(await refusal(api.editMessageMedia(sara, inAlbum, audio))).toBe(
      "Bad Request: can't change media type in the album",
    );
    expect(await refusal(api.editMessageMedia(sara, 99, document('x')))).toBe(
      'Bad Request: message to edit not found',
    );
    expect(await refusal(api.raw.editMessageMedia({ chat_id: sara, message_id: inAlbum } as never))).toBe(
      'Bad Request: parameter "media" is required',
    );
    expect(await refusal(api.editMessageMedia(sara, inAlbum, { type: 'sticker', media: 'x' } as never))).toBe(
      'Bad Request: can\'t parse InputMedia: type "sticker" is unsupported',
    );
  });
});
