import { describe, expect, test } from 'vitest';
import { hotwordsOf, worthLearning } from '../../src/domain/glossary.ts';
import { applyGlossary } from '../../src/domain/glossary-apply.ts';
import { glossaryReplacements, withoutGlossary } from '../../src/domain/glossary-review.ts';
import { heard, textOf } from './heard.ts';

const entry = (spelling: string, ...forms: string[]) => ({ id: 1, spelling, misspellings: forms });

describe('the glossary, applied to a transcript,', () => {
  test.each([
    ['whole words only', 'tab a tabir!', entry('Tabriz', 'tab'), 'Tabriz a tabir!'],
    ['words in any case', 'I use OPENAI.', entry('OpenAI', 'open a i'), 'I use OpenAI.'],
    ['Persian in any spelling', 'آقاي تبيري آمد', entry('دبیری', 'تبیری'), 'آقاي دبیری آمد'],
    ['several words', 'Then she razzy said', entry('Shirazi', 'she razzy'), 'Then Shirazi said'],
    ['nothing without a matching entry', 'hello', entry('Dabir', 'tabir'), 'hello'],
  ])('replaces: %s', (_what, said, known, written) => {
    expect(textOf(applyGlossary(heard(said), [known]))).toBe(written);
  });

  test('never applies one replacement to the result of another', () => {
    expect(textOf(applyGlossary(heard('one two'), [entry('two', 'one'), entry('three', 'two')]))).toBe(
      'two three',
    );
  });

  test('prefers the longer of two overlapping forms', () => {
    const entries = [entry('York', 'new'), entry('New York', 'new york')];
    expect(textOf(applyGlossary(heard('in new york and new'), entries))).toBe('in New York and York');
  });

  test('lists its replacements and can undo them', () => {
    const said = heard('tabir', 'and Tabir', 'other words');
    const written = applyGlossary(said, [entry('Dabir', 'tabir')]);
    expect(glossaryReplacements(written)).toEqual([{ wrong: 'tabir', right: 'Dabir', places: 2 }]);
    const { segments, changed } = withoutGlossary(written);
    expect(segments).toEqual(said);
    expect(changed).toEqual([0, 1]);
  });
});

test('the glossary remembers words and names, but no numbers and no sentences', () => {
  const learn = (wrong: string, right: string) => worthLearning([{ wrong, right }]).length > 0;
  expect(learn('tabir', 'Dabir')).toBe(true);
  expect(learn('she razzy', 'Shirazi')).toBe(true);
  expect(learn('12', '13')).toBe(false);
  expect(learn('he went to the shop', 'she went to the shop')).toBe(false);
});

test('the glossary gives an engine as many hotwords as it takes, newest first', () => {
  const many = Array.from({ length: 200 }, (_, index) => entry(`name number ${index}`));
  const words = hotwordsOf(many);
  expect(words[0]).toBe('name number 0');
  expect(words.join(', ').length).toBeLessThanOrEqual(350);
  expect(words.length).toBeGreaterThan(15);
});
