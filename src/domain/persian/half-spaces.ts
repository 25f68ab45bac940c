import { letter } from './letters.ts';

/**
 * Half-space (U+200C). The orthography of the Academy of Persian Language and Literature (دستور خط فارسی) and the
 * school books require it where speech engines write a space or nothing.
 */
const halfSpace = '\u200c';

const connected = `(?:${letter}|${halfSpace})`;
const before = `(?<!${connected})`;
const after = `(?!${connected})`;
/** Matched only from its first letter: tried from each letter, a long run without a space would take quadratic time. */
const word = `(?<!${letter}${halfSpace}*)${letter}${connected}+`;

const verbEndings = 'م|ی|د|یم|ید|ند|ه|ن|ین';
/**
 * Verbs common in speech. No other Persian word that begins with «می» has one of these stems with one of those endings.
 */
const presentStems =
  'شو|ش|کن|گوی|گ|رو|ر|آی|آ|خواه|خوا|توان|تون|بین|گیر|ده|دان|خور|خر|زن|مان|مون|شناس|فهم|نویس|خوان|خون|ساز|پرس|افت|گذار|ذار|رس|برند|آور|دار|باش|کش|پوش|سوز|پرداز|پذیر|فرست|فروش|اندیش|جنگ|خند|ترس|نشین|شین|گرد|چرخ|ریز|پز|بند|بر';
const pastStems =
  'شد|کرد|گفت|رفت|آمد|اومد|خواست|توانست|تونست|دید|گرفت|داد|دانست|خورد|خرید|زد|ماند|شناخت|فهمید|نوشت|خواند|ساخت|پرسید|افتاد|گذاشت|رسید|برد|آورد|داشت|کشید|بود';
const connectedVerb = new RegExp(
  `${before}(ن?می)((?:(?:${presentStems})(?:${verbEndings})|(?:${pastStems})(?:م|ی|یم|ید|ند|ن)?|شه|گه|ره|ده|تونه|خواد|کنه|دونه))${after}`,
  'gu',
);
/** Words that look like verbs: "of the square" and "of the monkey" are just as likely. */
const wordsOfTheirOwn = new Set(['میدانی', 'میمونی']);

const rules: readonly (readonly [RegExp, string])[] = [
  // می روم, نمی دانم
  [new RegExp(`${before}(ن?می) +(?=${letter}{2})`, 'gu'), `$1${halfSpace}`],
  // کتاب ها, بچه های, کتاب هایشان
  [
    new RegExp(`(${word}) +(ها(?:ی(?:ی|م|ت|ش|مان|تان|شان)?|م|ت|ش|مون|تون|شون)?)${after}`, 'gu'),
    `$1${halfSpace}$2`,
  ],
  // بزرگ تر, بزرگ ترین, بزرگ ترین ها (the rule above has joined the last two)
  [new RegExp(`(${word}) +(تر(?:ین(?:${halfSpace}?ها(?:ی)?)?|ی)?)${after}`, 'gu'), `$1${halfSpace}$2`],
  // رفته اند, خانه ام, خسته ای
  [new RegExp(`(${word}ه) +(ا(?:م|ی|ند|یم|ید|ش|ت))${after}`, 'gu'), `$1${halfSpace}$2`],
  // آنها, اینها
  [new RegExp(`${before}(آن|این)(ها(?:یی|ی)?)${after}`, 'gu'), `$1${halfSpace}$2`],
  // گفت و گو, جست و جو, شست و شو
  [new RegExp(`${before}(گفت|جست|شست|پرس) +و +(گو|جو|شو)`, 'gu'), `$1${halfSpace}و$2`],
];

/** Joins prefixes and endings to their words with half-spaces, and removes half-spaces without effect. */
export function halfSpaces(text: string): string {
  let result = text.replace(connectedVerb, (all, prefix: string, rest: string) =>
    wordsOfTheirOwn.has(all) ? all : `${prefix}${halfSpace}${rest}`,
  );
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement);
  return result.replace(/\u200c{2,}/g, halfSpace).replace(loose, '');
}

/** A half-space at the edge of a word, which joins nothing. */
const loose = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{Nd}])${halfSpace}|${halfSpace}(?![\\p{L}\\p{M}\\p{Nd}])`,
  'gu',
);
