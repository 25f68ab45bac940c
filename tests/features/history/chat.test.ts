import type { Message } from 'grammy/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../../support/scripted-dabir.ts';
import { until } from '../../support/until.ts';

let dabir: ScriptedDabir;
beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

describe.each(['fa', 'en'])('/history (%s)', (language) => {
  let sara: Person;
  beforeEach(async () => {
    sara = await dabir.person('Sara', language);
  });

  /** Sends uploads with these transcripts, the newest last. */
  const hears = async (person: Person, ...said: string[]) => {
    const notes: number[] = [];
    for (const text of said) {
      dabir.engine.next({ says: [text] });
      const { note } = await person.asksFor('tone.ogg', {
        kind: 'voice',
        forward: `Teacher ${notes.length}`,
      });
      await person.ending(note);
      notes.push(note);
    }
    return notes;
  };
  /** Returns the history message as it looks now. */
  const shown = async (person: Person, words: string): Promise<Message> => {
    await until(
      () => historyOf(person)?.text?.includes(words),
      () => `${words}\n${person.transcript()}`,
    );
    return historyOf(person) as Message;
  };
  /** Returns what /history answers to a query. */
  const finds = async (person: Person, query: string): Promise<Message> => {
    const said = await person.says(`/history ${query}`);
    const answer = () => {
      const message = historyOf(person);
      return message !== undefined && message.message_id > said && message.text?.includes(query) && message;
    };
    return (await until(answer, () => person.transcript())) as Message;
  };
  const historyOf = (person: Person) =>
    [...person.chat.values()].findLast(({ reply_markup }) =>
      reply_markup?.inline_keyboard
        .flat()
        .some((b) => 'callback_data' in b && /^history:/.test(b.callback_data)),
    );
  const bold = ({ text = '', entities = [] }: Message) =>
    entities
      .filter(({ type }) => type === 'bold')
      .map(({ offset, length }) => text.slice(offset, offset + length))
      .filter((piece) => !piece.includes('\u2068'));

  test('/history says that it is empty', async () => {
    await sara.says('/history');
    await sara.reads(sara.word('history-empty'));
  });

  test('/history shows pages, newest first, in both directions', async () => {
    await hears(sara, 'یکم', 'دوم', 'سوم', 'چهارم', 'پنجم', 'ششم', 'هفتم');
    await sara.says('/history');
    const newest = await shown(sara, 'هفتم');
    expect(newest.text).toMatch(/هفتم.*ششم.*پنجم.*چهارم.*سوم/s);
    expect(newest.text).not.toContain('دوم');
    await sara.presses(newest.message_id, sara.word('history-older'));
    const older = await shown(sara, 'یکم');
    expect(older.text).toMatch(/دوم.*یکم/s);
    expect(sara.buttons(older.message_id)).not.toContain(sara.word('history-older'));
    await sara.presses(older.message_id, sara.word('history-newer'));
    const again = await shown(sara, 'هفتم');
    expect(again.text).toBe(newest.text);
    expect(sara.buttons(again.message_id)).not.toContain(sara.word('history-newer'));
  });

  test('/history finds a word in any spelling and highlights it as it was written', async () => {
    await hears(sara, 'كتابهاي مدرسه را مي خوانم و ۲۵ صفحه مانده', 'فردا به سینما می‌رویم');
    for (const query of ['کتاب‌های', 'کتابهای', 'كتاب هاي', 'کتاب 25', 'میخوانم']) {
      const { text } = await finds(sara, query);
      expect(text, query).toContain('صفحه');
      expect(text, query).not.toContain('سینما');
    }
    expect(bold(await finds(sara, 'می‌خوانم'))).toEqual(['می‌خوانم']);
  });

  test('/history finds a name, and the closest word for a mistyped one', async () => {
    await hears(sara, 'جلسهٔ کتابخانه ساعت پنج است', 'هوا خوب بود');
    expect((await finds(sara, 'Teacher 1')).text).not.toContain('جلسه');
    const { text } = await finds(sara, 'کتابخنه');
    expect(text).toContain('جلسه');
    expect(text).toContain(
      sara.word('history-similar', { query: '\u2068کتابخنه\u2069', words: '\u2068کتابخانه\u2069' }),
    );
    expect((await finds(sara, 'فضانورد')).text).toBe(
      sara.word('history-none', { query: '\u2068فضانورد\u2069' }),
    );
  });

  test('/history asks for a query after a press of its button and searches for the reply, not for other messages', async () => {
    await hears(sara, 'بلیت قطار مشهد', 'خرید نان');
    await sara.says('/history');
    const list = await shown(sara, 'نان');
    await sara.presses(list.message_id, sara.word('history-search'));
    const prompt = await sara.reads(sara.word('history-ask'));
    await sara.says('قطار');
    await sara.reads(sara.word('send-me-audio'));
    await sara.replies(prompt.message_id, 'قطار');
    const found = await shown(sara, sara.word('history-found', { query: '\u2068قطار\u2069' }));
    expect(found.text).not.toContain('نان');
    // One history message is enough, and the question was answered.
    await until(() => !sara.chat.has(list.message_id) && !sara.chat.has(prompt.message_id));
    await sara.presses(found.message_id, sara.word('history-all'));
    await shown(sara, 'نان');
  });

  test('/history opens a transcript as it was answered, sends it again, and deletes it with all its messages', async () => {
    const [kept = 0, gone = 0] = await hears(sara, 'می ماند', 'مي رود');
    await sara.says('/history');
    const { message_id: menu } = await shown(sara, 'می‌رود');
    await sara.presses(menu, sara.word('history-number', { number: 1 }));
    const opened = await shown(sara, '\n\nمی‌رود');
    // Its name alone, which is isolated, would stand on the left.
    expect(opened.text?.startsWith('\u200F')).toBe(language === 'fa');
    const documents = () => sara.answers(gone).filter(({ document }) => document !== undefined).length;
    const before = documents();
    expect(await sara.presses(menu, sara.word('history-files'))).toBe(sara.word('answer-on-its-way'));
    await until(() => documents() === 2 * before);
    await sara.presses(menu, sara.word('history-delete'));
    await shown(sara, sara.word('history-delete-sure'));
    expect(await sara.presses(menu, sara.word('button-erase'))).toBe(sara.word('answer-deleted'));
    expect((await shown(sara, 'می‌ماند')).text).not.toContain('می‌رود');
    await until(() => documents() === 0);
    expect(sara.answers(kept).length).toBeGreaterThan(1);
    expect((await finds(sara, 'می‌رود')).text).toContain(
      sara.word('history-none', { query: '\u2068می‌رود\u2069' }),
    );
  });

  test('/history drops a transcript that was deleted by its own button', async () => {
    const [gone = 0] = await hears(sara, 'مي رود');
    await sara.says('/history');
    const { message_id: menu } = await shown(sara, 'می‌رود');
    const { message_id: status } = await sara.status(gone);
    await sara.presses(status, sara.word('button-delete'));
    await sara.presses(status, sara.word('button-erase'));
    await until(() => !sara.chat.has(menu));
  });

  test('/history neither shows nor changes other users’ transcripts', async () => {
    const omid = await dabir.person('Omid', language);
    await hears(omid, 'راز امید');
    const row = await dabir.shared.database.transcription.findFirstOrThrow({ where: { userId: omid.id } });
    await hears(sara, 'حرف سارا');
    expect((await finds(sara, 'راز')).text).toContain(
      sara.word('history-none', { query: '\u2068راز\u2069' }),
    );
    await sara.says('/history');
    const { message_id: menu } = await shown(sara, 'سارا');
    for (const action of ['open', 'files', 'delete', 'erase', 'steal']) {
      expect(await sara.forges(menu, `history:${action}:${row.id}`)).toBe(sara.word('answer-unknown'));
    }
    for (const data of ['history:open:0', 'history:older:x', 'history:']) {
      expect(await sara.forges(menu, data)).toBe(sara.word('answer-unknown'));
    }
    await sara.forges(menu, `history:older:${row.id}`);
    await omid.says('/history');
    expect((await shown(omid, 'راز')).text).not.toContain('سارا');
  });

  test('/history continues a search after a restart of the bot', async () => {
    await hears(sara, 'بلیت قطار', 'خرید نان');
    await sara.says('/history');
    const list = await shown(sara, 'نان');
    await sara.presses(list.message_id, sara.word('history-search'));
    const prompt = await sara.reads(sara.word('history-ask'));
    await dabir.restartBot();
    await sara.replies(prompt.message_id, 'قطار');
    await shown(sara, sara.word('history-found', { query: '\u2068قطار\u2069' }));
  });
});
