import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalisePersian } from '../../../src/domain/persian/normalise.ts';

test.each([
  // Letters of other keyboards.
  ['كتاب علي', 'کتاب علی'],
  ['ﻛﺘﺎﺏ', 'کتاب'],
  ['ڪ و ہ و ھ و ە و ے و ى', 'ک و ه و ه و ه و ی و ی'],
  ['خانۀ ما', 'خانهٔ ما'],
  ['مــــن', 'من'],
  ['سال ۱۴۴۷ هـ', 'سال ۱۴۴۷ هـ'],
  ['هـــمه مـاهـیـها', 'همه ماهی‌ها'],
  // Half-spaces.
  ['من می روم و نمی دانم کجا', 'من می‌روم و نمی‌دانم کجا'],
  ['میشود گفت که میخواهم بروم', 'می‌شود گفت که می‌خواهم بروم'],
  ['میزان میدان میهن میراث میلیون', 'میزان میدان میهن میراث میلیون'],
  ['کار میدانی و چهرهٔ میمونی', 'کار میدانی و چهرهٔ میمونی'],
  ['میگه نمیره میده میخواد', 'می‌گه نمی‌ره می‌ده می‌خواد'],
  ['میگفتم و نمیرفتند', 'می‌گفتم و نمی‌رفتند'],
  ['کتاب ها و بچه هایشان', 'کتاب‌ها و بچه‌هایشان'],
  ['این ها و آن ها و اینها و آنهایی', 'این‌ها و آن‌ها و این‌ها و آن‌هایی'],
  ['شست و شو و پرس و جو و گفت و گو', 'شست‌وشو و پرس‌وجو و گفت‌وگو'],
  ['زیبا ترین ها و بد تری', 'زیبا‌ترین‌ها و بد‌تری'],
  ['آنها تنها آمدند', 'آن‌ها تنها آمدند'],
  ['بزرگ ترین و بزرگ تر', 'بزرگ‌ترین و بزرگ‌تر'],
  ['خسته ام، رفته اند', 'خسته‌ام، رفته‌اند'],
  ['گفت و گو و جست و جو', 'گفت‌وگو و جست‌وجو'],
  ['می‌‌روم ‌سلام‌', 'می‌روم سلام'],
  // Punctuation and its spaces.
  ['سلام , خوبی?بله.باشه', 'سلام، خوبی؟ بله. باشه'],
  ['( متن ) و « نقل »بود', '(متن) و «نقل» بود'],
  ['یک;دو;سه', 'یک؛ دو؛ سه'],
  ['یک,دو,سه', 'یک، دو، سه'],
  ['چرا!?چرا?', 'چرا!؟ چرا؟'],
  ['الف«ب»ج(د)ه', 'الف «ب» ج (د) ه'],
  ['متن  با   فاصله', 'متن با فاصله'],
  // Digits.
  ['قیمت 12,500 تومان و 25%', 'قیمت ۱۲,۵۰۰ تومان و ۲۵٪'],
  ['ساعت 12:30 و ٣ نفر', 'ساعت ۱۲:۳۰ و ۳ نفر'],
])('Persian %j is corrected to %j', (heard, written) => {
  expect(normalisePersian(heard)).toBe(written);
});

test.each([
  'از https://example.com/a?b=c,d;e و a.b@c.ir',
  'با iPhone 15 و Windows 11',
  'کد `a , b?` است',
  'GPT-4 و mp3 و v2.1',
  'Hello , world ? 12',
])('Latin words, URLs and code stay unchanged: %s', (text) => {
  expect(normalisePersian(text)).toBe(text);
});

test('digits are written in the chosen script', () => {
  expect(normalisePersian('سال ۱۴۰۵ و 2026', 'latin')).toBe('سال 1405 و 2026');
  expect(normalisePersian('سال ۱۴۰۵ و 2026', 'heard')).toBe('سال ۱۴۰۵ و 2026');
});

/** Pieces on which rules act, so that they meet each other in every order. */
const pieces = fc.constantFrom(
  ...[
    'می',
    'نمی',
    'رو',
    'م',
    'شود',
    'ها',
    'های',
    'تر',
    'ترین',
    'ه',
    'ام',
    'اند',
    'گفت',
    'گو',
    'و',
    'آن',
    'ي',
    'ك',
    'ۀ',
    'هٔ',
  ],
  ...[
    ' ',
    '  ',
    '\u200c',
    'ـ',
    '،',
    ',',
    '?',
    '؟',
    ';',
    '.',
    ':',
    '!',
    '…',
    '«',
    '»',
    '(',
    ')',
    '"',
    '%',
    '`',
  ],
  ...['1', '۲', '٣', 'a', 'Word', 'https://a.b/c', '\ufdd0', '\n'],
);
const prose = fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join(''));
const anything = fc.oneof(
  { weight: 4, arbitrary: prose },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

test('property: the correction is idempotent', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const once = normalisePersian(text);
      expect(normalisePersian(once)).toBe(once);
    }),
    { numRuns: 5000, seed: 20_261_122 },
  );
});

/** Returns the letters alone, after everything that may change was normalised. */
function letters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[ىيے]/g, 'ی')
    .replace(/[كڪ]/g, 'ک')
    .replace(/[ہھە]/g, 'ه')
    .replace(/[ۀۂ]/g, 'ه\u0654')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{M}]|\u0640/gu, '');
}

test('property: no letter outside the table changes, is lost or is added', () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(letters(normalisePersian(text))).toBe(letters(text));
    }),
    { numRuns: 5000, seed: 20_261_122 },
  );
});
