import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalisePersian } from '../../../src/domain/persian/normalise.ts';
import { verbStems } from '../../../src/domain/persian/verbs.ts';
import { listTextFiles } from '../../../src/texts/texts.ts';
import { readCases, score } from './support/cases.ts';
import { restoredHalfSpaces } from './support/restored.ts';

const cases = readCases();

describe.each([
  ['cases that were seen while the rules were written', cases.filter(({ isHeldOut }) => !isHeldOut)],
  ['held-out cases', cases.filter(({ isHeldOut }) => isHeldOut)],
] as const)('%s', (_, some) => {
  const { toChange, reached, toLeave, harmed, wrong } = score(some, normalisePersian);
  const list = wrong.map(({ text }) => `${text} → ${normalisePersian(text)}`).join('\n');

  test('at least 95 % of the texts with mistakes are corrected as an editor would', () => {
    expect(reached / toChange, list).toBeGreaterThanOrEqual(0.95);
  });

  test('at most 2 % of the texts without mistakes are changed', () => {
    expect(harmed / toLeave, list).toBeLessThanOrEqual(0.02);
  });
});

test('the cases are 400 or more, half of them to change and half to leave', () => {
  const { toChange, toLeave } = score(cases, normalisePersian);
  expect(toChange).toBeGreaterThanOrEqual(200);
  expect(toLeave).toBeGreaterThanOrEqual(200);
});

/**
 * The Persian texts of the repository, which are edited with half-spaces (docs/persian.md), without code and markup.
 */
const prose = [
  readFileSync(new URL('../../../README.fa.md', import.meta.url), 'utf8'),
  ...listTextFiles('fa').map((path) => readFileSync(path, 'utf8').replace(/^[a-z][\w-]* *=/gmu, '')),
]
  .flatMap((text) => text.replace(/<[^>]*>|\{[^}]*\}/gu, '').split('\n'))
  .filter((line) => /[\u0620-\u06ff]{2}/u.test(line));

describe.each([
  ['spaces', ' ', 0.9],
  ['nothing', '', 0.75],
] as const)('edited prose with %s in place of its half-spaces', (_, replacement, minRecall) => {
  const counts = prose
    .map((line) => {
      const right = line.replace(/\u200c+/gu, '\u200c');
      const given = right.replaceAll('\u200c', replacement);
      return restoredHalfSpaces(right, given, normalisePersian(given, 'heard'));
    })
    .reduce((sum, each) => ({
      restored: sum.restored + each.restored,
      wrong: sum.wrong + each.wrong,
      missed: sum.missed + each.missed,
    }));

  test('at least 99 % of the half-spaces that are written are right', () => {
    expect(counts.restored / (counts.restored + counts.wrong)).toBeGreaterThanOrEqual(0.99);
  });

  test(`at least ${minRecall * 100} % of the half-spaces are restored`, () => {
    expect(counts.restored).toBeGreaterThan(400);
    expect(counts.restored / (counts.restored + counts.missed)).toBeGreaterThanOrEqual(minRecall);
  });
});

test('edited prose stays as it is', () => {
  expect(
    prose.filter((line) => halfSpacesOnly(normalisePersian(line, 'heard')) !== halfSpacesOnly(line)),
  ).toEqual([]);
});

/** Returns the words of a line with their half-spaces; punctuation of Markdown is not the normaliser's matter. */
function halfSpacesOnly(line: string): string {
  return (line.replace(/\u200c{2,}/gu, '\u200c').match(/[\p{L}\p{M}\u200c]+/gu) ?? []).join(' ');
}

describe('verbs after «می»', () => {
  const { present, past } = verbStems();

  test('the list has at least 600 present stems and 1,000 past stems', () => {
    expect(present.length).toBeGreaterThanOrEqual(600);
    expect(past.length).toBeGreaterThanOrEqual(1_000);
  });

  /** After a vowel a glide stands before the ending: «می‌آراید». The stems with it are in the list, too. */
  const stems = present.filter((stem) => !/[اوی]$/u.test(stem));
  test.each(['می', 'نمی'])('every present stem is separated from a joined %s', (prefix) => {
    const forms = stems.flatMap((stem) => ['م', 'ند'].map((ending) => [prefix, stem + ending] as const));
    expect(unjoined(forms, '')).toEqual([]);
  });

  test.each(['می', 'نمی'])('every present stem is joined to a separate %s with a half-space', (prefix) => {
    const forms = stems.flatMap((stem) => ['م', 'ند'].map((ending) => [prefix, stem + ending] as const));
    expect(unjoined(forms, ' ')).toEqual([]);
  });

  test('every past stem is joined to «می»', () => {
    expect(
      unjoined(
        past.map((stem) => ['می', `${stem}ند`] as const),
        '',
      ),
    ).toEqual([]);
  });

  function unjoined(forms: readonly (readonly [string, string])[], between: string): string[] {
    return forms
      .filter(([prefix, form]) => {
        const text = `آن مردم ${prefix}${between}${form}`;
        return !normalisePersian(text).startsWith(`آن مردم ${prefix}\u200c${form.slice(0, 2)}`);
      })
      .map(([prefix, form]) => prefix + form);
  }
});

/** Pieces on which the rules for words act, so that they meet each other in every order. */
const pieces = fc.constantFrom(
  ...'می نمی می‌روم میروم رود برمی گردم ماه جام ها های هایی تر ترین ترش لباس بزرگ دختر کتاب کتابها ه خانه برنامهای رفتهاند ام ای اند ایم اش مان شان ی ایرانی'.split(
    ' ',
  ),
  ...'بی ادب نرم افزار نرمافزار دانش آموز بنا بر این سه شنبه گفت و گو گوش آی پی ام سی به جا پذیر کننده تنها آنها میشی چشم میدانی که نمیرم کاش'.split(
    ' ',
  ),
  ...[
    ' ',
    '  ',
    '\u200c',
    'ـ',
    '،',
    ',',
    '?',
    '؟',
    '.',
    ':',
    '!',
    '«',
    '»',
    '(',
    ')',
    '%',
    '٪',
    '1',
    '۲',
    'a',
    'https://a.b/خ/1',
    '#',
    '\n',
    '\ufdd0',
  ],
);

test('property: normalising a normalised text changes nothing', () => {
  const prose = fc.array(fc.oneof({ weight: 2, arbitrary: pieces }, fc.constant(' ')), { maxLength: 25 });
  fc.assert(
    fc.property(prose, (parts) => {
      const once = normalisePersian(parts.join(''));
      expect(normalisePersian(once)).toBe(once);
    }),
    { numRuns: 5_000, seed: 20_261_130 },
  );
});

describe.each(
  ['ن', 'کتابها', 'ها ', 'ـ', '?', 'a/', 'ن\u200c', ' ,', 'بی ', 'http://خ '].map((unit) => [unit]),
)('100,000 units of %j', (unit) => {
  test('four times the text takes at most eight times the processor time', () => {
    const short = cpuMs(`نه ${unit.repeat(25_000 / unit.length)} نه`);
    const long = cpuMs(`نه ${unit.repeat(100_000 / unit.length)} نه`);
    // Linear time is 4, quadratic time 16. Below 5 ms the clock and the compiler decide.
    expect(long / Math.max(short, 5)).toBeLessThan(8);
  });
});

/** Returns the processor time of one call in this thread, in ms: the minimum of two. */
function cpuMs(text: string): number {
  const times = Array.from({ length: 2 }, () => {
    const before = process.threadCpuUsage();
    normalisePersian(text);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}
