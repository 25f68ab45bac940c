import fc from 'fast-check';
import type { Message, MessageEntity } from 'grammy/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultChoice } from '../../src/domain/document-choice.ts';
import { messageLimit } from '../../src/domain/split-message.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';

let dabir: ScriptedDabir;
let sara: Person;
/** A person who gets all text in the chat, without files. */
let omid: Person;

beforeAll(async () => {
  dabir = await startScriptedDabir();
});
afterAll(() => dabir.close());

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

/** Sends a file with this transcript; returns the text messages in order and the final status. */
async function answerFor(person: Person, ...says: string[]) {
  dabir.engine.next({ says });
  const { note } = await person.asksFor('tone.ogg', { kind: 'voice' });
  const ending = await person.ending(note);
  expect(ending).toMatch(/^✓/);
  const files = person === omid ? 0 : 3;
  expect(person.answers(note).filter(({ document }) => document !== undefined)).toHaveLength(files);
  const messages = person.answers(note).filter(({ document }) => document === undefined);
  return { messages, ending };
}

const textsFor = async (person: Person, ...says: string[]) =>
  (await answerFor(person, ...says)).messages.map(({ text = '' }) => text);
const isFolded = ({ entities, text = '' }: Message) =>
  entities?.some(
    ({ type, offset, length }) => type === 'expandable_blockquote' && offset === 0 && length === text.length,
  ) ?? false;

describe.each(['fa', 'en'])('the text of a transcript (%s)', (language) => {
  beforeAll(async () => {
    [sara, omid] = [await dabir.person('سارا', language), await dabir.person('امید', language)];
    const account = {
      id: omid.id,
      firstName: 'امید',
      lastName: null,
      username: null,
      languageCode: language,
    };
    await dabir.shared.settings.setDocuments(account, { ...defaultChoice, formats: [] });
  });

  test('the text of a transcript is shown as it is when short, and folded when long', async () => {
    const short = await answerFor(sara, 'سلام دنیا 🎙️.');
    expect(short.messages.map(isFolded)).toEqual([false]);
    const long = await answerFor(sara, 'جمله‌ای با 🎙️ و é که درازتر است. '.repeat(40).trim());
    expect(long.messages.map(isFolded)).toEqual([true]);
  });

  test('the text of a transcript of more than 12,000 characters is shown by its beginning, and the same message says where all of it is', async () => {
    const said = Array.from({ length: 600 }, (_, number) => `جملهٔ شمارهٔ ${number} گفته شد.`);
    const { messages } = await answerFor(sara, ...said);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.text?.length).toBeLessThan(800);
    expect(messages[0]?.text).toMatch(/^جملهٔ شمارهٔ ۰ .* …\n\n/s);
    expect(messages[0]?.text).toContain(sara.word('status-excerpt'));
    const { messages: onRequest } = await answerFor(omid, ...said);
    expect(onRequest).toHaveLength(1);
    expect(onRequest[0]?.text).toContain(omid.word('status-excerpt-on-request'));
    expect(omid.buttons(onRequest[0]?.message_id ?? 0)).toEqual(['Word', 'PDF', '⋯']);
  });

  test('the text of a transcript of up to 12,000 characters is sent whole in several folded messages, without losing a word', async () => {
    const words = [
      'سلام',
      'می‌روم',
      'e\u0301tude',
      'نَفَسِ',
      '👩‍👩‍👧‍👦',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      '🎙️',
      'word',
      '۱۲۳٫۴',
      'گفت.',
      'چه؟',
      '𝒲',
    ];
    const sentence = fc.array(fc.constantFrom(...words), { minLength: 3, maxLength: 25 });
    const says = fc
      .sample(fc.array(sentence, { minLength: 170, maxLength: 170 }), { seed: 42, numRuns: 1 })
      .flat()
      .map((sentenceWords) => sentenceWords.join(' '));
    const { length } = says.join(' ');
    expect(length).toBeGreaterThan(7_000);
    expect(length).toBeLessThan(12_000);

    const { messages: shown } = await answerFor(sara, ...says);
    expect(shown.map(isFolded)).toEqual(shown.map(() => true));
    const messages = shown.map(({ text = '' }) => text);
    expect(messages.length).toBeGreaterThan(2);
    for (const message of messages) {
      expect(message.length).toBeLessThanOrEqual(messageLimit);
      expect(message.isWellFormed()).toBe(true);
    }
    expect(wordsOf(messages.join(' '))).toEqual(wordsOf(says.join(' ')));
  });

  test('the text of a transcript may be one endless word', async () => {
    const word = 'آ\u0301👩‍👩‍👧‍👦'.repeat(800);
    const messages = await textsFor(omid, word);
    expect(messages.length).toBeGreaterThan(2);
    for (const message of messages) expect(message.length).toBeLessThanOrEqual(messageLimit);
    expect(messages.join('')).toBe(word);
  });

  test('the text of a transcript shows markup characters as they are', async () => {
    const said =
      '<b>bold</b> &amp; *star* _line_ `code` [link](https://example.org) ||spoiler|| @all #tag /cancel \\* ~x~';
    const messages = await textsFor(sara, said);
    expect(messages).toEqual([said]);
    const shown = sara.answers().find(({ text }) => text === said);
    // Telegram itself detects addresses and the like in any text; other formatting is an error.
    const found = ['url', 'mention', 'hashtag', 'bot_command', 'email'];
    for (const { type } of shown?.entities ?? []) expect(found).toContain(type);
    const calls = dabir.playground.calls().filter(({ method }) => /^(send|edit)Message/.test(method));
    const styled = calls.filter(({ parameters }) => 'parse_mode' in parameters || 'entities' in parameters);
    // Only the folded quotations and the notes below a text, by their offsets. A file that takes seconds shows its progress
    // too, with the text so far as a quotation.
    const ofTexts = styled.filter(({ parameters }) => !/[▓░]/u.test(String(parameters['text'])));
    for (const { parameters } of ofTexts) {
      const types = (parameters['entities'] as MessageEntity[]).map(({ type }) => type);
      for (const type of types) expect(['expandable_blockquote', 'italic']).toContain(type);
    }
  });

  test('the text of a transcript keeps its words visible despite bidi marks, and characters that no database accepts do not stop the lane', async () => {
    const [message] = await textsFor(
      sara,
      'first \u202eesrever\u202c \u2066apart\u2069 \u0000nul \ud83d half \u200fend',
    );
    expect(wordsOf(message ?? '').map((word) => word.replace(/[\u2066-\u2069\u200f]/g, ''))).toEqual([
      'first',
      'esrever',
      'apart',
      'nul',
      '\ufffd',
      'half',
      'end',
    ]);
  });

  test('the text of a transcript that Telegram reduces to nothing does not hold back the files', async () => {
    const done = sara.word('status-completed', { duration: '', wall: '', engine: '' }).split(' ')[0] ?? '';
    expect(await textsFor(sara, '\u202a\u202c')).toEqual([expect.stringMatching(`^✓ ${done}`)]);
  });
});
