/**
 * Half-space (U+200C). The orthography of the Academy of Persian Language and Literature (دستور خط فارسی) and the
 * school books require it where speech engines write a space or nothing. docs/persian.md has the rules.
 */
export const halfSpace = '\u200c';

/** A word with the text between it and the word before it. `bare` is without vowel signs. */
export type SpacedWord = { text: string; bare: string; gap: string; isSpaced: boolean };

/** Returns the word at a distance in words (negative: before), if only spaces are between. */
export type Beside = (offset: number) => string | undefined;

/** Matches «می», «نمی», «برمی»: the sign of a verb, as a word. */
export const miWord = /^(?:بر|در|باز|وا|فرا|فرو|ور)?ن?می$/u;
