import { letter } from './letters.ts';

/** End of a word, with what may close after it before a punctuation mark. */
const ended = `${letter}[»)\\]"]? *`;

const rules: readonly (readonly [RegExp, string | ((match: string) => string)])[] = [
  // Latin marks after Persian words, except a comma between digits.
  [new RegExp(`(?<=${ended}),(?![\\d۰-۹])`, 'gu'), '،'],
  [new RegExp(`(?<=${ended});`, 'gu'), '؛'],
  [new RegExp(`(?<=${ended})[!؟?]+`, 'gu'), (marks) => marks.replaceAll('?', '؟')],
  [/(?<=[۰-۹]) *[%٪]/gu, '٪'],
  [/(?<=\d) +(?=[%٪])/gu, ''],
  // No space before closing punctuation, none after opening punctuation.
  [/(?<=[\p{L}\p{M}\p{Nd}»)\]]) +(?=[،؛:.!؟…»)\]}])/gu, ''],
  [/(?<=[«([{]) +(?=\S)/gu, ''],
  // One space after closing punctuation where a word follows; `۱۲:۳۰` and `۳.۵` are one word.
  [new RegExp(`(?<=${letter})([،؛:!؟…])(?=${letter})`, 'gu'), '$1 '],
  // «ه.ش» and «د.احمدی» are abbreviations: a full stop after a single letter ends no sentence.
  [new RegExp(`(?<=${letter})(?<!(?<!${letter})${letter})\\.(?=${letter})`, 'gu'), '. '],
  [/(?<=[:!.…])(?=«)/gu, ' '],
  [/(?<=[،؛؟])(?=[\p{L}\p{Nd}«(])/gu, ' '],
  [new RegExp(`(?<=${letter})(?=[«(])`, 'gu'), ' '],
  [new RegExp(`(?<=[»)])(?=${letter})`, 'gu'), ' '],
  [/ {2,}/g, ' '],
];

/** Writes Persian punctuation with the right spaces. */
export function persianPunctuation(text: string): string {
  let result = text;
  for (const [pattern, replacement] of rules) {
    result =
      typeof replacement === 'string'
        ? result.replace(pattern, replacement)
        : result.replace(pattern, replacement);
  }
  return result;
}
