import { readFileSync } from 'node:fs';

/**
 * A case of the normaliser. `right` is what an editor writes; `isHeldOut` cases were not looked at while the rules were
 * written.
 */
export type PersianCase = { category: string; text: string; right: string; isHeldOut: boolean };

/**
 * Reads `tests/domain/persian/cases.tsv`: category, text and, where the text is to change, the right text; `~` is a
 * half-space.
 */
export function readCases(): PersianCase[] {
  const lines = readFileSync(new URL('../cases.tsv', import.meta.url), 'utf8').split(/\r?\n/);
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line, at) => {
      const [category = '', text = '', right = text] = line.replaceAll('~', '\u200c').split('\t');
      return { category, text, right, isHeldOut: at % 3 === 2 };
    });
}

/** Removes half-spaces after letters that join to nothing: nobody sees them, and editors differ. */
export function asSeen(text: string): string {
  return text.replace(/(?<=[اآأدذرزژوۀ])\u200c/gu, '');
}

/**
 * Returns how many of the cases to change were changed as an editor would, and how many of those to leave were harmed.
 */
export function score(cases: readonly PersianCase[], write: (text: string) => string) {
  const wrong = cases.filter(({ text, right }) => asSeen(write(text)) !== asSeen(right));
  const toChange = cases.filter(({ text, right }) => text !== right);
  const toLeave = cases.filter(({ text, right }) => text === right);
  return {
    toChange: toChange.length,
    reached: toChange.filter((each) => !wrong.includes(each)).length,
    toLeave: toLeave.length,
    harmed: toLeave.filter((each) => wrong.includes(each)).length,
    wrong,
  };
}
