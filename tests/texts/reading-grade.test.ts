import { readFileSync } from 'node:fs';
import { FluentResource } from '@fluent/bundle';
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import { expect, test } from 'vitest';
import { listTextFiles } from '../../src/texts/texts.ts';

/** Maximum grade of school whose pupils understand a text: the eighth, at about 13 years. */
const maxGrade = 8;

/** Minimum number of words in a text that the formula can judge; in a shorter one a single name decides. */
const minWords = 8;

type Pattern = string | readonly Element[];
type Element =
  | string
  | {
      readonly type: string;
      readonly variants?: readonly { readonly value: Pattern }[];
      readonly value?: string;
    };

/** Returns a text in all its forms, with a short word for each variable. */
function formsOf(pattern: Pattern): string[] {
  if (typeof pattern === 'string') return [pattern];
  return pattern.reduce<string[]>(
    (texts, element) => texts.flatMap((text) => formsOfElement(element).map((form) => text + form)),
    [''],
  );
}

function formsOfElement(element: Element): string[] {
  if (typeof element === 'string') return [element];
  if (element.type === 'select') return (element.variants ?? []).flatMap(({ value }) => formsOf(value));
  return [element.type === 'str' ? (element.value ?? '') : 'two'];
}

/** Returns the Flesch–Kincaid grade of a text; a line is a sentence, also without a full stop. */
function gradeOf(text: string): number {
  const sentences = text
    .split(/\n|[.!?:;]+(?=\s|$)/)
    .map((sentence) => sentence.match(/[\p{L}\p{N}’'-]+/gu) ?? [])
    .filter((words) => words.length > 0);
  const words = sentences.flat();
  return fleschKincaid({
    sentence: sentences.length,
    word: words.length,
    syllable: words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0),
  });
}

const countWords = (text: string) => text.match(/\p{L}{2,}/gu)?.length ?? 0;

test('an English text is understood after eight years of school', () => {
  const graded = listTextFiles('en').flatMap((file) =>
    new FluentResource(readFileSync(file, 'utf8')).body.flatMap(({ id, value }) =>
      formsOf((value ?? '') as Pattern)
        .filter((text) => countWords(text) >= minWords)
        .map((text) => ({ id, text, grade: gradeOf(text) })),
    ),
  );
  // The check finds the texts.
  expect(graded.length).toBeGreaterThan(200);
  expect(
    graded
      .filter(({ grade }) => grade > maxGrade)
      .map(({ id, text, grade }) => `${id} (${grade.toFixed(1)}): ${text}`),
  ).toEqual([]);
});
