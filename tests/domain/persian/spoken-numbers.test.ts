import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalisePersian } from '../../../src/domain/persian/normalise.ts';
import { writeSpokenNumbers } from '../../../src/domain/persian/spoken-numbers/spoken-numbers.ts';
import { readCases } from './support/cases.ts';

const cases = readFileSync(new URL('./numbers.tsv', import.meta.url), 'utf8')
  .split(/\r?\n/)
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line, at) => {
    const [category = '', text = '', right = text] = line.split('\t');
    return { category, text, right, isHeldOut: at % 3 === 2 };
  });

test('the cases are 500 or more', () => {
  expect(cases.length).toBeGreaterThanOrEqual(500);
});

describe.each([
  ['cases that were seen while the rules were written', cases.filter(({ isHeldOut }) => !isHeldOut)],
  ['held-out cases', cases.filter(({ isHeldOut }) => isHeldOut)],
] as const)('%s', (_, some) => {
  const toChange = some.filter(({ text, right }) => text !== right);
  const changed = some.filter(({ text }) => writeSpokenNumbers(text) !== text);
  const right = changed.filter((each) => writeSpokenNumbers(each.text) === each.right);
  const list = some
    .filter((each) => writeSpokenNumbers(each.text) !== each.right)
    .map(({ text }) => `${text} → ${writeSpokenNumbers(text)}`)
    .join('\n');

  test('at least 98 % of the changes are right (precision)', () => {
    expect(right.length / changed.length, list).toBeGreaterThanOrEqual(0.98);
  });

  test('at least 97 % of the texts with spoken numbers are written right (recall)', () => {
    expect(right.length / toChange.length, list).toBeGreaterThanOrEqual(0.97);
  });
});

const units =
  'صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده'.split(' ');
const tens = '– – بیست سی چهل پنجاه شصت هفتاد هشتاد نود'.split(' ');
const hundreds = '– صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد'.split(' ');

/** Spells a number as people say it. */
function say(value: number): string {
  const and = (head: string, rest: number) => (rest === 0 ? head : `${head} و ${say(rest)}`);
  if (value < 20) return units[value] as string;
  if (value < 100) return and(tens[Math.floor(value / 10)] as string, value % 10);
  if (value < 1_000) return and(hundreds[Math.floor(value / 100)] as string, value % 100);
  if (value < 1_000_000) {
    const thousands = Math.floor(value / 1_000);
    return and(thousands === 1 ? 'هزار' : `${say(thousands)} هزار`, value % 1_000);
  }
  return and(`${say(Math.floor(value / 1_000_000))} میلیون`, value % 1_000_000);
}

/** Returns the value of a written number: `12٬500`, `2 میلیون و 500 هزار`. */
function readBack(text: string): number {
  const sizes: Record<string, number> = { هزار: 1e3, میلیون: 1e6, میلیارد: 1e9 };
  return text.split(' و ').reduce((sum, part) => {
    const [digits = '', size] = part.split(' ');
    return sum + Number(digits.replaceAll('٬', '')) * (size === undefined ? 1 : (sizes[size] as number));
  }, 0);
}

test('property: every number up to a thousand million is read back', () => {
  const numbers = fc.oneof(fc.integer({ min: 2, max: 9_999 }), fc.integer({ min: 10_000, max: 999_999_999 }));
  fc.assert(
    fc.property(
      numbers.filter((value) => value !== 100 && value !== 1_000 && value !== 1_001),
      (value) => {
        const written = writeSpokenNumbers(`مبلغ ${say(value)} ریال`, 'latin');
        expect(readBack(written.replace(/^مبلغ | ریال$/gu, ''))).toBe(value);
      },
    ),
    { numRuns: 3_000, seed: 20_261_130 },
  );
});

test('property: two numbers with «و» between them are never added', () => {
  const small = fc.integer({ min: 2, max: 19 });
  fc.assert(
    fc.property(small, small, (one, other) => {
      const text = `${say(one)} و ${say(other)} متر`;
      const written = writeSpokenNumbers(text, 'latin');
      expect([text, `${say(one)} و ${other} متر`]).toContain(written);
    }),
    { numRuns: 500, seed: 20_261_130 },
  );
});

test('text that has its digits stays as it is', () => {
  const written = cases.map(({ right }) => right).filter((text) => /[۰-۹]/.test(text));
  expect(written.length).toBeGreaterThan(300);
  expect(written.filter((text) => writeSpokenNumbers(text) !== text)).toEqual([]);
});

test('of the texts of the normaliser only those with a spoken number of this kind change', () => {
  const changed = readCases()
    .map(({ right }) => right)
    .filter((text) => writeSpokenNumbers(text) !== text);
  expect(changed.map((text) => writeSpokenNumbers(text))).toEqual([
    'آب در ۱۰۰ درجه می‌جوشد',
    'این خانه ۲ میلیارد می‌ارزد',
    '۳۰ آبان',
    '۱۱ می ۲۰۲۴',
    '۲ میلی‌متر',
    '۲ متر و نیم',
    '۳۰ آبان ۱۴۰۳',
  ]);
});

test('the normaliser leaves written numbers as they are', () => {
  const written = cases.map(({ right }) => right).filter((text) => /[۰-۹]/.test(text));
  expect(written.filter((text) => digitsOf(normalisePersian(text)) !== digitsOf(text))).toEqual([]);
});

function digitsOf(text: string): string {
  return (text.match(/[۰-۹][۰-۹٬٫:/٪ ]*/gu) ?? []).join('|');
}

test('digits are Latin on request', () => {
  expect(writeSpokenNumbers('بیست و پنج درصد', 'latin')).toBe('25٪');
});

test('numbers stop at punctuation', () => {
  expect(writeSpokenNumbers('بیست، و پنج متر')).toBe('بیست، و ۵ متر');
});

test('four times the text takes at most eight times the processor time', () => {
  const cpuMs = (text: string) => {
    const before = process.threadCpuUsage();
    writeSpokenNumbers(text);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
  for (const unit of ['بیست و پنج ', 'دو ', 'ن', 'صفر ', 'سال ']) {
    const short = Math.min(...[1, 2].map(() => cpuMs(unit.repeat(25_000 / unit.length))));
    const long = Math.min(...[1, 2].map(() => cpuMs(unit.repeat(100_000 / unit.length))));
    expect(long / Math.max(short, 5), unit).toBeLessThan(8);
  }
});
