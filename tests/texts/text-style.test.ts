import { readFileSync } from 'node:fs';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import type { TextLanguage } from '../../src/domain/languages.ts';
import { listTextFiles } from '../../src/texts/texts.ts';

/** A form that a text may not have, with what is written instead. Both lists are in CONTRIBUTING.md. */
type Rule = readonly [form: RegExp, instead: string];

const notAfterLetter = '(?<![\\u0620-\\u06d3\\u200c])';
const notBeforeLetter = '(?![\\u0620-\\u06d3\\u200c])';
/** Matches a Persian word that stands alone, not as a part of another one. */
const word = (form: string) => new RegExp(`${notAfterLetter}(?:${form})${notBeforeLetter}`, 'u');

const persian: readonly Rule[] = [
  [/پرونده/u, 'فایل'],
  [/پیوند/u, 'لینک'],
  [/برگز(?:ید|ین)/u, 'انتخاب کردن'],
  [/افزود|ب?یفزا|می\u200cافزا/u, 'اضافه کردن'],
  [/کارگر/u, 'پردازشگر'],
  [/رونوشت/u, 'کپی'],
  [/گذرواژه/u, 'رمز عبور'],
  [/سامانه/u, 'سیستم'],
  [word('نشانی'), 'آدرس'],
  [word('واژه(?:\u200cها.*?)?'), 'کلمه'],
  [word('سپاس'), 'ممنون'],
  [word('نخست'), 'اول'],
  [word('پیش\u200cتر'), 'قبلاً'],
  [word('از نو'), 'دوباره'],
  [word('همان دم'), 'بلافاصله'],
  [word('چگونه'), 'چطور'],
  [word('هم\u200cاکنون|اکنون'), 'الان'],
  [/(?:این|آن)[\u200c ]جا/u, 'اینجا، آنجا'],
  [/این[\u200c ]که/u, 'اینکه'],
  [/جای[\u200c ]گزین/u, 'جایگزین'],
  [/گفتگو|گفت و گو/u, 'گفت‌وگو'],
  [/جستجو|جست و جو/u, 'جست‌وجو'],
  [/همه چیز/u, 'همه‌چیز'],
  [/نگه\u200cدار/u, 'نگهداری'],
  [/تنظیم\u200cها/u, 'تنظیمات'],
  [/ه\u200cی(?![\u0620-\u06d3])|\u06c0/u, 'هٔ'],
  [/[^اهو]\u200c(?:تان|مان|شان)(?![\u0620-\u06d3])/u, 'joined to the word: حسابتان، مصرفتان'],
  [/[يكة]/u, 'ی، ک'],
  [word('ن?می'), 'a half-space after «می»'],
  [/ (?:ها|های)(?![\u0620-\u06d3])/u, 'a half-space before «ها»'],
  [/(?<![\u200e\w/])\/[a-z]/u, 'a left-to-right mark (U+200E) before the slash'],
  [
    /(?:^|= |\] )\s*\u200e/u,
    'a Persian word, or U+200F, first: a mark alone would turn the whole line around',
  ],
];

const english: readonly Rule[] = [
  [/\bwr(?:ite|ites|ote|itten|iting) (?:\w+ ){0,2}down\b/iu, 'transcribe'],
  [/\bhear(?:s|d|ing)?\b/iu, 'transcribe, listen'],
  [/\banew\b/iu, 'again'],
  [/\bjust now\b/iu, 'right now'],
  [/\b(?:is|are|was|to) (?:not )?(?:to )?be had\b/iu, 'is on'],
  [/\bpress(?:es|ed)?\b/iu, 'tap'],
  [/\brecordings?\b/iu, 'file'],
  [/\b(?:person|people)\b(?! who)/iu, 'user'],
  [/\bany more\b/iu, 'no longer'],
  [/\b(?:whoever|whatever|thereof|so many|so long)\b/iu, 'say who or what'],
  [/\b(?:am|is|are|be|been) told of\b/iu, 'know about'],
  [/\w'\w/u, 'the typographic apostrophe ’'],
];

/** Returns each breach as `line: form → instead`. */
function breaches(rules: readonly Rule[], text: string): string[] {
  return text.split('\n').flatMap((line) =>
    rules.flatMap(([form, instead]) => {
      const found = form.exec(line);
      return found === null ? [] : [`${line.trim()}: ${found[0]} → ${instead}`];
    }),
  );
}

/** Returns the lines of a text file that users read: no comments, and no keys, variables or selectors. */
function readLines(file: string): string {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) =>
      line
        .replace(/^[\w-]+ = ?/, '= ')
        .replace(/^ *\*?\[\w+\]/, '[…]')
        .replaceAll(/\{ \$\w+(?: ->)?(?: \})?/g, '…'),
    )
    .join('\n');
}

describe('texts for users', () => {
  test.each([
    ['en', english],
    ['fa', persian],
  ] as const)('texts for users have no forbidden form: %s', (language, rules) => {
    const files = listTextFiles(language);
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap((file) => breaches(rules, readLines(file)))).toEqual([]);
  });

  test('texts for users of the playground’s page have no forbidden form of Persian', () => {
    const page = new URL('../../packages/telegram-playground/src/page/strings.js', import.meta.url);
    const texts = readFileSync(page, 'utf8')
      .split('\n')
      .filter((line) => /[\u0620-\u06d3]/u.test(line));
    expect(texts.length).toBeGreaterThan(50);
    expect(breaches(persian, texts.join('\n'))).toEqual([]);
  });

  test.each([
    'پرونده را بفرستید',
    'پیوند تازه',
    'یکی را برگزینید',
    'افزودن',
    'واژه بیفزایید',
    'این‌جا نیست',
    'جای‌گزین شد',
    'گفتگو',
    'هیچ کارگری',
    'همه چیز',
    'فرستادن دوباره‌ی آن',
    'مصرف‌تان',
    'واژه‌های نامطمئن',
    'می شود',
    'فایل ها',
    'با /language بگویید',
    'transcribe-how = \u200e/transcribe را بفرستید',
  ])('a forbidden form of Persian is found in a text: %s', (text) => {
    expect(breaches(persian, text)).not.toEqual([]);
  });

  test.each([
    'با \u200e/language بگویید',
    'واژه‌نامهٔ شما',
    'شناسه‌تان، برایتان، همهٔ فایل‌های شما',
    'اینجا، همین‌جا، گفت‌وگو، نمی‌شود',
    'نمونه: \u200e/quota ID day 45',
  ])('a correct form of Persian passes the check of texts: %s', (text) => {
    expect(breaches(persian, text)).toEqual([]);
  });

  test.each([
    'I write down speech.',
    'Writes it down',
    'what was heard then',
    'transcribes it anew',
    'is paused just now',
    'is not to be had from Telegram',
    'one press away',
    'This recording is too long',
    'one person',
    'cannot use this bot any more',
    "It's done",
  ])('a forbidden form of English is found in a text: %s', (text) => {
    expect(breaches(english, text)).not.toEqual([]);
  });
});

/** Words that are counted in texts for users. */
const counted =
  'minutes|seconds|hours|days|files|users|transcripts|words|places|entries|letters|connections|failures|workers|bots|parts|spellings';

test('no English text says “1 minutes” or the like', () => {
  const wrong = messages('en').flatMap(({ key, shown }) =>
    shown
      .filter((text) => new RegExp(`\\b1 (?:\\w+ )?(?:${counted})\\b`).test(text))
      .map((text) => `${key}: ${text}`),
  );
  expect(wrong).toEqual([]);
});

/** Returns every message of a language, shown with each of its variables as 1, and without a limit. */
function messages(language: TextLanguage): { readonly key: string; readonly shown: readonly string[] }[] {
  const resource = new FluentResource(
    listTextFiles(language)
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n'),
  );
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(resource);
  return resource.body.map((message) => {
    const names = [...JSON.stringify(message).matchAll(/"type":"var","name":"(\w+)"/g)].map(
      ([, name]) => name ?? '',
    );
    const pattern = message.value;
    if (pattern === null) throw new Error(`${message.id} has no text.`);
    const ones = Object.fromEntries(names.map((name) => [name, 1]));
    // The one selector of a count that is also a word: no limit.
    const shown = [ones, { ...ones, limit: 'none' }].map((values) =>
      bundle.formatPattern(pattern, values, []),
    );
    return { key: message.id, shown };
  });
}
