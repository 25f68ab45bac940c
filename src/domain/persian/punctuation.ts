import { letter } from './letters.ts';

/** A word's end, and what may close after it before a mark follows. */
const ended = `${letter}[»)\\]"]? *`;

const rules: readonly (readonly [RegExp, string])[] = [
  // Latin marks after Persian words. A comma between digits is not one of them.
  [new RegExp(`(?<=${ended}),(?![\\d۰-۹])`, 'gu'), '،'],
  [new RegExp(`(?<=${ended});`, 'gu'), '؛'],
  [new RegExp(`(?<=${ended}[!؟]*)\\?`, 'gu'), '؟'],
  [/(?<=[۰-۹])%/gu, '٪'],
  // No space before what closes, none after what opens.
  [/(?<=[\p{L}\p{M}\p{Nd}»)\]]) +(?=[،؛:.!؟…»)\]}])/gu, ''],
  [/(?<=[«([{]) +(?=\S)/gu, ''],
  // One space after what closes, where a word follows; `۱۲:۳۰` and `۳.۵` are one word.
  [new RegExp(`(?<=${letter})([،؛:.!؟…])(?=${letter})`, 'gu'), '$1 '],
  [/(?<=[،؛؟])(?=[\p{L}\p{Nd}«(])/gu, ' '],
  [new RegExp(`(?<=${letter})(?=[«(])`, 'gu'), ' '],
  [new RegExp(`(?<=[»)])(?=${letter})`, 'gu'), ' '],
  [/ {2,}/g, ' '],
];

/** Persian punctuation with the spaces that belong to it. */
export function persianPunctuation(text: string): string {
  let result = text;
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement);
  return result;
}
