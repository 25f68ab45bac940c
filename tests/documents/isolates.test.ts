import { expect, test } from 'vitest';
import { isolatesOf, withIsolates } from '../../src/documents/layout/isolates.ts';
import { documentOf, spoken } from './content.ts';
import { documentXml, textOf } from './files.ts';
import { layoutOf } from './recorded-layout.ts';
import { renderDocument } from './render-document.ts';

const isolated = (text: string, base: 'rtl' | 'ltr' = 'rtl') =>
  isolatesOf(text, base).map(({ from, to }) => text.slice(from, to));

test.each([
  ['تلفن ۰۲۱-۵۱۴۹ است', '۰۲۱-۵۱۴۹'],
  ['شماره (021-88776655)', '021-88776655'],
  ['همراه: ۰۹۱۲ ۱۲۳ ۴۵۶۷ است', '۰۹۱۲ ۱۲۳ ۴۵۶۷'],
  ['شمارهٔ +98 21 1234 5678 و', '+98 21 1234 5678'],
  ['تاریخ 2026-11-22 بود', '2026-11-22'],
  ['در 2026-11-22T12:30:00Z بود', '2026-11-22T12:30:00Z'],
  ['کد پستی ۱۲۳۴۵-۶۷۸۹۰ است', '۱۲۳۴۵-۶۷۸۹۰'],
  ['دما 17.5°C شد', '17.5°C'],
  ['زاویهٔ ۹۰° بود', '۹۰°'],
  ['یعنی ۳×۴=۱۲ است', '۳×۴=۱۲'],
  ['یعنی 5 + 3 = 8 است', '5 + 3 = 8'],
  ['تا 10^-3 متر', '10^-3'],
  ['نسخهٔ 2.1-beta آمد', '2.1-beta'],
  ['نسخهٔ 2.0.0-rc.1.', '2.0.0-rc.1'],
  ['نسخهٔ 1.2.x بود', '1.2.x'],
  ['با C++ نوشتیم', 'C++'],
])('%s: a number that would read backwards is isolated', (text, expected) => {
  expect(isolated(text)).toEqual([expected]);
  expect(withIsolates(text, 'rtl')).toBe(text.replace(expected, `\u2066${expected}\u2069`));
});

test.each([
  ...['بین ۵-۱۰ نفر', 'سال ۱۳۹۹-۱۴۰۲', 'کووید-۱۹', '۲۵٪ تخفیف', '۱۴۰۵/۰۹/۰۱ بود', 'ساعت ۱۲:۳۰'],
  ...[
    'قیمت ۱۲٬۵۰۰ تومان',
    'نسخهٔ v2.1-beta آمد',
    'با a+b=c است',
    'به https://example.com/a-1-2-3?q=1+1 بروید',
  ],
  ...['یک - دو', 'گفت: - ۱۲', 'GPT-4 و H2O'],
])('%s: nothing is isolated where the order is right, or a range of Persian', (text) => {
  expect(isolated(text)).toEqual([]);
});

test('nothing is isolated in left-to-right text that is read from the left anyway', () => {
  expect(isolated('Call 021-5149 on 2026-11-22 at 17.5°C', 'ltr')).toEqual([]);
  expect(isolated('call تلفن ۰۲۱-۵۱۴۹ now', 'ltr')).toEqual(['۰۲۱-۵۱۴۹']);
});

const text = 'تلفن ۰۲۱-۵۱۴۹ است';

test.each(['txt', 'md', 'srt', 'vtt'] as const)(
  '%s: a phone number is isolated by characters',
  async (format) => {
    const { bytes } = await renderDocument(documentOf({ paragraphs: [spoken(text, 0, 3)] }), format, 'x');
    expect(textOf(bytes).replaceAll('\\', '')).toContain('تلفن \u2066۰۲۱-۵۱۴۹\u2069 است');
  },
);

test('a phone number is a left-to-right run of its own in DOCX, isolated for programs that know isolates', async () => {
  const xml = documentXml((await renderDocument(documentOf({ paragraphs: [text] }), 'docx', 'x')).bytes);
  expect(xml).toContain('<w:r><w:t xml:space="preserve">\u2066۰۲۱-۵۱۴۹\u2069</w:t></w:r>');
});

test('a phone number stands from left to right in PDF, and its text has no isolates', () => {
  const runs = layoutOf(text, 'fa').lines[0]?.runs ?? [];
  const digits = runs.filter((run) => !run.isSpace && /[۰-۹]/.test(run.text));
  expect(digits.map((run) => run.text).join('')).toBe('۰۲۱-۵۱۴۹');
  expect(runs.map((run) => run.text).join('')).not.toMatch(/[\u2066-\u2069]/);
});
