import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { dateTimeFormat, numberFormat } from '../../src/domain/formats.ts';

test('a format of numbers or times is made once, and at most 50 of a kind are kept', () => {
  const year = () => dateTimeFormat('fa-IR', { year: 'numeric' });
  const first = year();
  expect(first.format(new Date('2026-11-30T12:00:00Z'))).toBe('۱۴۰۵');
  expect(year()).toBe(first);
  expect(dateTimeFormat('en', { year: 'numeric' })).not.toBe(first);
  const digits = (count: number) =>
    numberFormat('en', { maximumFractionDigits: count % 20, minimumIntegerDigits: 1 + (count % 7) });
  const one = digits(0);
  for (let count = 1; count < 60; count += 1) digits(count);
  expect(digits(0)).not.toBe(one);
});

test('what is shown again and again makes no format of its own', () => {
  const folder = fileURLToPath(new URL('../../src/', import.meta.url));
  const files = globSync(['{texts,admin,app,bot,telegram}/**/*.ts', 'features/**/*.ts'], { cwd: folder });
  expect(files.length).toBeGreaterThan(200);
  const own = /new Intl\.(NumberFormat|DateTimeFormat|RelativeTimeFormat|ListFormat|DisplayNames)/;
  expect(files.filter((file) => own.test(readFileSync(folder + file, 'utf8')))).toEqual([]);
});
