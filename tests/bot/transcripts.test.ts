import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messageLimit } from '../../src/domain/split-message.ts';
import type { Person } from '../support/person.ts';
import { type ScriptedDabir, startScriptedDabir } from '../support/scripted-dabir.ts';

let dabir: ScriptedDabir;
let sara: Person;

beforeAll(async () => {
  dabir = await startScriptedDabir();
  sara = await dabir.person('سارا', 'fa');
});
afterAll(() => dabir.close());

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

/** The text messages that a transcript became, in order. */
async function textsFor(...says: string[]): Promise<string[]> {
  dabir.engine.next({ says });
  const { note } = await sara.asksFor('tone.ogg', { kind: 'voice' });
  expect(await sara.ending(note)).toMatch(/^✓/);
  expect(sara.answers(note).filter(({ document }) => document !== undefined)).toHaveLength(3);
  const [, ...messages] = sara.answers(note).filter(({ document }) => document === undefined);
  return messages.map(({ text = '' }) => text);
}

test('a long transcript comes in several messages, and not a word is lost', async () => {
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
    .sample(fc.array(sentence, { minLength: 700, maxLength: 700 }), { seed: 42, numRuns: 1 })
    .flat()
    .map((sentenceWords) => sentenceWords.join(' '));
  expect(says.join(' ').length).toBeGreaterThan(30_000);

  const messages = await textsFor(...says);
  expect(messages.length).toBeGreaterThan(7);
  for (const message of messages) {
    expect(message.length).toBeLessThanOrEqual(messageLimit);
    expect(message.isWellFormed()).toBe(true);
  }
  expect(wordsOf(messages.join(' '))).toEqual(wordsOf(says.join(' ')));
});

test('one endless word, too', async () => {
  const word = 'آ\u0301👩‍👩‍👧‍👦'.repeat(1_000);
  const messages = await textsFor(word);
  expect(messages.length).toBeGreaterThan(2);
  for (const message of messages) expect(message.length).toBeLessThanOrEqual(messageLimit);
  expect(messages.join('')).toBe(word);
});

test('whatever looks like markup is shown as it was said', async () => {
  const said =
    '<b>bold</b> &amp; *star* _line_ `code` [link](https://example.org) ||spoiler|| @all #tag /cancel \\* ~x~';
  const messages = await textsFor(said);
  expect(messages).toEqual([said]);
  const shown = sara.answers().find(({ text }) => text === said);
  // Telegram itself finds addresses and the like in any text; formatting is what nobody asked for.
  const found = ['url', 'mention', 'hashtag', 'bot_command', 'email'];
  for (const { type } of shown?.entities ?? []) expect(found).toContain(type);
  const calls = dabir.playground.calls().filter(({ method }) => /^(send|edit)Message/.test(method));
  expect(calls.filter(({ parameters }) => 'parse_mode' in parameters || 'entities' in parameters)).toEqual(
    [],
  );
});

test('marks that turn text around do not hide words, and what no database holds does not stop the lane', async () => {
  const [message] = await textsFor(
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

test('a text of which Telegram leaves nothing does not keep the files back', async () => {
  expect(await textsFor('\u202a\u202c')).toEqual([]);
});
