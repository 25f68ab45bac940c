import type { Word } from '../transcript.ts';
import { isFiniteVerb } from './verbs.ts';

/** A pause of this length ends a sentence, in seconds. docs/persian.md has what was measured. */
const longPauseSeconds = 0.7;
/** A pause of this length ends a sentence after a verb, where Persian sentences end, in seconds. */
const shortPauseSeconds = 0.35;

/** Words that go on with a sentence after a short pause. */
const continuing = new Set(['که', 'و', 'تا', 'یا', 'اما', 'ولی', 'چون', 'زیرا', 'بلکه', 'را', 'رو', 'هم']);
/** Words after which a sentence is never over. */
const expecting = new Set(
  'و که یا تا از به در با بر برای را این آن اون یک هر هیچ اگر چون ولی اما مثل بدون بین درباره می نمی'.split(
    ' ',
  ),
);

/** Verbs of the third person that end in nothing, and forms without «می» or «ب». Nouns such as «خرید» are left out. */
const bareVerbs = new Set(
  'بیام بیای بیاد بیاید بیایم بود شد کرد داشت رفت گفت آمد اومد داد زد گرفت ماند موند رسید خورد افتاد نوشت گذاشت فرستاد شنید فهمید باشد باشه باشند باشن شود بشه کند کنه کنند کنن دارد داره دارند دارن دارم داری داریم دارید کنم کنی کنیم کنید'.split(
    ' ',
  ),
);

/**
 * Question words that begin a question. «چند» ("some") and «کی» ("when", "who", "that") are too often something else.
 */
const asking = new Set(
  'آیا چرا چطور چه‌طور چگونه چجوری کجا کجاست کدام کدوم چقدر چه‌قدر چیست چیه مگر مگه کیست'.split(' '),
);
const askingPairs = new Set([
  'چه کسی',
  'چه کسانی',
  'چه چیزی',
  'چه خبر',
  'چه زمانی',
  'چه وقت',
  'چه کار',
  'چه کاری',
  'چه طور',
  'چه جوری',
  'چه شد',
  'چی شد',
  'چی شده',
  'چی کار',
  'چند تا',
  'چند نفر',
  'چند ساله',
  'چند وقت',
  'از کجا',
  'به کجا',
  'تا کی',
  'از کی',
]);
/** Before a question word, these make it a part of a statement: «نمی‌دانم چرا», «هر کجا», «همان‌طور که چرا». */
const stating = new Set('که هر همان نه'.split(' '));
/** Number of words within which a question word makes a question. */
const questionReach = 3;

/** Splits words without punctuation into sentences, at long pauses, and after a verb at short ones. */
export function splitSentences(words: readonly Word[]): Word[][] {
  const sentences: Word[][] = [];
  let current: Word[] = [];
  for (const [at, word] of words.entries()) {
    current.push(word);
    const next = words[at + 1];
    if (next !== undefined && !endsSentence(words, at, next.start - word.end)) continue;
    sentences.push(current);
    current = [];
  }
  return sentences;
}

function endsSentence(words: readonly Word[], at: number, pauseSeconds: number): boolean {
  const word = words[at]?.text ?? '';
  if (pauseSeconds >= longPauseSeconds) return !expecting.has(word);
  const next = words[at + 1]?.text ?? '';
  return (
    pauseSeconds >= shortPauseSeconds && isVerb(word, words[at - 1]?.text ?? '') && !continuing.has(next)
  );
}

function isVerb(word: string, before: string): boolean {
  if (before === 'می' || before === 'نمی' || /^ن?می./u.test(word)) return true;
  return bareVerbs.has(word) || bareVerbs.has(word.replace(/^ن/u, '')) || isFiniteVerb(word);
}

/** Returns the mark at the end of a sentence: `؟` if it begins as a question, else `.`. */
export function sentenceMark(words: readonly string[]): '.' | '؟' {
  if (words.slice(-2).join(' ') === 'مگه نه' || words.slice(-2).join(' ') === 'مگر نه') return '؟';
  for (const [at, word] of words.slice(0, questionReach).entries()) {
    const before = words[at - 1] ?? '';
    if (stating.has(before) || isVerb(before, words[at - 2] ?? '')) break;
    if (asking.has(word) || askingPairs.has(`${word} ${words[at + 1] ?? ''}`)) return '؟';
  }
  return '.';
}
