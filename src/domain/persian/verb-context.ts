type Beside = (offset: number) => string | undefined;

const you = new Set(
  'تو خودت که آیا چه چی هم خوب هیچ اگر اگه چون مگر چرا را رو لابد حتماً حتما کی کجا بهتر همه‌چیز شاید'.split(
    ' ',
  ),
);
const asked = new Set('که چرا چه چی چقدر چند کجا کی چطور چگونه چیست چیه'.split(' '));
const stays = new Set(
  'تو اینجا آنجا اونجا خونه خانه کجا چقدر چند منتظر باقی زنده تنها کنار پیش پیشم همین‌جا تا شب'.split(' '),
);
const dying = new Set('مبادا کاش کاشکی الهی خدا تا اگر اگه'.split(' '));

/**
 * Words that may be verbs or something else: «میدانی» ("you know", "of the square"), «میشی» ("you become", "hazel"),
 * «میمونی» ("you stay", "of a monkey"), «نمیرم» ("I don't go", "that I may not die"). Each is asked about the words
 * beside it, and answers true where they speak for the verb «می».
 */
const ambiguous: Readonly<Record<string, (beside: Beside) => boolean>> = {
  میدانی: (beside) => you.has(beside(-1) ?? '') || asked.has(beside(1) ?? ''),
  میمونی: (beside) => stays.has(beside(-1) ?? ''),
  میشی: (beside) =>
    beside(-1) !== undefined &&
    ![-4, -3, -2, -1, 1, 2].some((offset) => /^(?:چشم|رنگ|نگاه|عسلی|قهوه|پلک)/u.test(beside(offset) ?? '')),
};

/** "Mortal" and "left wing". */
const nouns = new Set(['میرنده', 'میسره']);

/** Reports whether a word that begins with «می» or «نمی» and has the form of a verb is one. */
export function readsAsVerb(word: string, beside: Beside): boolean {
  if (/^نمیر(?:م|ی|یم|ید|ه|ن|ین)$/u.test(word))
    return ![-2, -1].some((offset) => dying.has(beside(offset) ?? ''));
  return !nouns.has(word) && (ambiguous[word]?.(beside) ?? true);
}
