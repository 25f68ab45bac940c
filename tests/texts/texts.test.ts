import { readFileSync } from 'node:fs';
import { FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../src/domain/errors.ts';
import { type TextLanguage, textLanguage, textLanguages } from '../../src/domain/languages.ts';
import {
  formatDateStamp,
  formatDateTime,
  formatDuration,
  formatMegabytes,
  isolate,
} from '../../src/texts/format.ts';
import { listTextFiles, loadTexts } from '../../src/texts/texts.ts';

const texts = loadTexts();

/** Returns every key of a language with the variables that its text uses. */
function keysOf(language: TextLanguage): Map<string, string[]> {
  const source = listTextFiles(language)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  return new Map(
    new FluentResource(source).body.map((message) => {
      const names = [...JSON.stringify(message).matchAll(/"type":"var","name":"(\w+)"/g)].map(
        (match) => match[1] ?? '',
      );
      return [message.id, [...new Set(names)].sort()];
    }),
  );
}

describe('the locale files', () => {
  test('the locale files have the same keys in every language, with the same variables', () => {
    const [first, ...others] = textLanguages.map(keysOf);
    expect(first?.size).toBeGreaterThan(50);
    for (const other of others) expect([...other].sort()).toEqual([...(first ?? [])].sort());
  });

  test('the locale files have a sentence for every error code', () => {
    for (const code of Object.keys(errorCodes)) {
      for (const language of textLanguages) {
        const details = {
          limitMinutes: 240,
          limitMegabytes: 20,
          fileMinutes: 5,
          period: 'day',
          reason: '…',
          ranges: '…',
          form: '…',
        };
        expect(texts(language, `error-${code}`, details)).not.toContain('{');
      }
    }
  });

  test('the locale files use the plural forms of each language', () => {
    expect(texts('en', 'cancel-all', { count: 1 })).toBe('Cancelled your file.');
    expect(texts('en', 'cancel-all', { count: 3 })).toBe('Cancelled your 3 files.');
    expect(texts('fa', 'cancel-all', { count: 3 })).toBe('۳ فایل شما لغو شد.');
    expect(texts('fa', 'status-waiting', { before: 2 })).toBe('در نوبت: ۲ فایل جلوتر از این است');
  });

  test('the locale files fail at once for an unknown key', () => {
    expect(() => texts('fa', 'no-such-key')).toThrow('no-such-key');
  });
});

test('texts are chosen by the user’s Telegram language', () => {
  // Speakers of Kurdish, Pashto and Tajik read Persian rather than English.
  expect(['ckb', 'ku', 'ps', 'tg', 'FA', 'tr'].map(textLanguage)).toEqual([
    'fa',
    'fa',
    'fa',
    'fa',
    'fa',
    'en',
  ]);
  expect([null, 'fa', 'fa-IR', 'en', 'en-GB', 'de', 'ar'].map(textLanguage)).toEqual([
    'fa',
    'fa',
    'fa',
    'en',
    'en',
    'en',
    'en',
  ]);
});

test('texts show durations, sizes and dates in the usual form', () => {
  expect(formatDuration(texts, 'en', 1.24)).toBe('1.2 s');
  expect(formatDuration(texts, 'fa', 83)).toBe('۱ دقیقه و ۲۳ ثانیه');
  expect(formatDuration(texts, 'en', 7260)).toBe('2 h 1 min');
  expect(formatMegabytes(texts, 'fa', 20 * 2 ** 20)).toBe('۲۰ مگابایت');
  const date = new Date('2026-11-22T16:45:00Z');
  expect(formatDateTime('fa', date, 'Asia/Tehran')).toContain('۱ آذر ۱۴۰۵');
  expect(formatDateStamp('fa', date, 'Asia/Tehran')).toBe('۱۴۰۵.۰۹.۰۱ ۲۰.۱۵');
  expect(formatDateStamp('en', date, 'UTC')).toBe('2026-11-22 16-45');
});

test('texts isolate a name from outside, so that it cannot reverse the sentence', () => {
  expect(isolate('evil\u202egnp.exe')).toBe('\u2068evilgnp.exe\u2069');
});
