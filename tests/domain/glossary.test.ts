import { describe, expect, test } from 'vitest';
import { hotwordsOf } from '../../src/domain/glossary.ts';
import { applyGlossary } from '../../src/domain/glossary-apply.ts';
import { glossaryReplacements, withoutGlossary } from '../../src/domain/glossary-review.ts';
import { selectWorthLearning } from '../../src/features/corrections/select-worth-learning.ts';
import { segmentsOf, textOf } from '../support/segments.ts';

const entry = (spelling: string, ...forms: string[]) => ({ id: 1, spelling, misspellings: forms });

/** Applies a glossary where no word is common. */
const apply = (
  ...[segments, entries]: [Parameters<typeof applyGlossary>[0], Parameters<typeof applyGlossary>[1]]
) => applyGlossary(segments, entries, () => false);

describe('the glossary, applied to a transcript,', () => {
  test.each([
    ['whole words only', 'tab a tabir!', entry('Tabriz', 'tab'), 'Tabriz a tabir!'],
    ['words in any case', 'I use OPENAI.', entry('OpenAI', 'open a i'), 'I use OpenAI.'],
    ['Persian in any spelling', 'آقاي تبيري آمد', entry('دبیری', 'تبیری'), 'آقاي دبیری آمد'],
    ['several words', 'Then she razzy said', entry('Shirazi', 'she razzy'), 'Then Shirazi said'],
    ['nothing without a matching entry', 'hello', entry('Dabir', 'tabir'), 'hello'],
  ])('the glossary, applied to a transcript, replaces: %s', (_what, said, known, written) => {
    expect(textOf(apply(segmentsOf(said), [known]))).toBe(written);
  });

  test('the glossary, applied to a transcript, never replaces a common word, also where a spelling has capital letters', () => {
    const isCommon = (text: string) => ['us', 'me', 'its'].includes(text.toLowerCase());
    const entries = [entry('US'), entry('his', 'its'), entry('Dabir', 'me', 'tabir')];
    const written = applyGlossary(segmentsOf('its for us, me and tabir'), entries, isCommon);
    expect(textOf(written)).toBe('its for us, me and Dabir');
  });

  test('the glossary, applied to a transcript, never applies one replacement to the result of another', () => {
    expect(textOf(apply(segmentsOf('one two'), [entry('two', 'one'), entry('three', 'two')]))).toBe(
      'two three',
    );
  });

  test('the glossary, applied to a transcript, prefers the longer of two overlapping forms', () => {
    const entries = [entry('York', 'new'), entry('New York', 'new york')];
    expect(textOf(apply(segmentsOf('in new york and new'), entries))).toBe('in New York and York');
  });

  test('the glossary, applied to a transcript, keeps what the engine wrote, and segments without a match as they are', () => {
    const said = segmentsOf('a tabir and', 'razzy one', 'other');
    const written = apply(said, [entry('Dabir', 'tabir'), entry('Shirazi', 'razzy')]);
    expect(written.map(({ text }) => text)).toEqual(['a Dabir and', 'Shirazi one', 'other']);
    expect(written.map(({ beforeGlossary }) => beforeGlossary)).toEqual([
      { text: said[0]?.text, words: said[0]?.words, replaced: [{ wrong: 'tabir', right: 'Dabir' }] },
      { text: said[1]?.text, words: said[1]?.words, replaced: [{ wrong: 'razzy', right: 'Shirazi' }] },
      undefined,
    ]);
    expect(written[2]).toBe(said[2]);
    // A word that is spelt as it should be is no replacement.
    const right = segmentsOf('the Dabir, and (Dabir)');
    expect(apply(right, [entry('Dabir', 'tabir')])).toEqual(right);
  });

  test('the glossary, applied to a transcript, replaces a word wherever it is, also twice in a row, and in every spelling', () => {
    const entries = [entry('Dabir', 'tabir'), entry('رفتم', 'می‌روم')];
    expect(textOf(apply(segmentsOf('tabir tabir'), entries))).toBe('Dabir Dabir');
    expect(textOf(apply(segmentsOf('می‌روم و می روم'), entries))).toBe('رفتم و رفتم');
    const known = segmentsOf('in New York');
    expect(apply(known, [entry('New York', 'new york')])).toEqual(known);
    const both = [entry('City', 'york'), entry('New York', 'new york')];
    expect(textOf(apply(segmentsOf('new york'), both))).toBe('New York');
  });

  test('the glossary, applied to a transcript, lists each pair of words once, in the order of the text', () => {
    const said = segmentsOf('tabir in new york and tabir');
    const written = apply(said, [entry('Dabir', 'tabir'), entry('New York', 'new york')]);
    expect(written[0]?.beforeGlossary?.replaced.map(({ right }) => right)).toEqual([
      'Dabir',
      'New York',
      'Dabir',
    ]);
    expect(glossaryReplacements(written)).toEqual([
      { wrong: 'tabir', right: 'Dabir', places: 2 },
      { wrong: 'new york', right: 'New York', places: 1 },
    ]);
    expect(withoutGlossary(written).done).toEqual([
      { wrong: 'Dabir', right: 'tabir', places: 2 },
      { wrong: 'New York', right: 'new york', places: 1 },
    ]);
  });

  test('the glossary, applied to a transcript, lists the misheard word, not the spelling, where both match', () => {
    const written = apply(segmentsOf('DABIR'), [entry('Dabir', 'dabir')]);
    expect(glossaryReplacements(written)).toEqual([{ wrong: 'dabir', right: 'Dabir', places: 1 }]);
  });

  test('the glossary, applied to a transcript, lists its replacements and can undo them', () => {
    const said = segmentsOf('tabir', 'and Tabir', 'other words');
    const written = apply(said, [entry('Dabir', 'tabir')]);
    expect(glossaryReplacements(written)).toEqual([{ wrong: 'tabir', right: 'Dabir', places: 2 }]);
    const { segments, changed } = withoutGlossary(written);
    expect(segments).toEqual(said);
    expect(changed).toEqual([0, 1]);
  });
});

test('the glossary remembers words and names, but no numbers and no sentences', () => {
  const learn = (wrong: string, right: string) =>
    selectWorthLearning([{ wrong, right }], () => false).learn.length > 0;
  expect(learn('tabir', 'Dabir')).toBe(true);
  expect(learn('she razzy', 'Shirazi')).toBe(true);
  expect(learn('12', '13')).toBe(false);
  expect(learn('he went to the shop', 'she went to the shop')).toBe(false);
});

test('the glossary remembers at most four words of at most fifty characters, with two letters in a row', () => {
  const learn = (...sides: [string, string]) => [
    selectWorthLearning([{ wrong: sides[0], right: sides[1] }], () => false).learn.length > 0,
    selectWorthLearning([{ wrong: sides[1], right: sides[0] }], () => false).learn.length > 0,
  ];
  expect(learn('tabir', 'one two three four')).toEqual([true, true]);
  expect(learn('tabir', 'one two three four five')).toEqual([false, false]);
  expect(learn('tabir', 'x'.repeat(50))).toEqual([true, true]);
  expect(learn('tabir', 'x'.repeat(51))).toEqual([false, false]);
  expect(learn('tabir', 'a b')).toEqual([false, false]);
  expect(learn('tabir', 'ab')).toEqual([true, true]);
});

test('an engine gets at most 100 hotwords of together 350 characters', () => {
  const count = (...spellings: string[]) => hotwordsOf(spellings.map((spelling) => entry(spelling))).length;
  expect(count(...new Array(200).fill('a'))).toBe(100);
  // With a comma and a space for each, 348 characters.
  expect(count(...new Array(200).fill('ab'))).toBe(87);
  expect(count('x'.repeat(348))).toBe(1);
  expect(count('x'.repeat(349), 'a')).toBe(0);
});

test('the glossary gives an engine as many hotwords as it takes, newest first', () => {
  const many = Array.from({ length: 200 }, (_, index) => entry(`name number ${index}`));
  const words = hotwordsOf(many);
  expect(words[0]).toBe('name number 0');
  expect(words.join(', ').length).toBeLessThanOrEqual(350);
  expect(words.length).toBeGreaterThan(15);
});
