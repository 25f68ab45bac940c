import { timedWords } from '../timed-words.ts';
import type { Word } from '../transcript.ts';
import { normalisePersian } from './normalise.ts';
import { sentenceMark, splitSentences } from './sentences.ts';
import { findSpokenNumbers } from './spoken-numbers/spoken-numbers.ts';

/**
 * Writes the words of a model that knows neither punctuation nor digits nor half-spaces, as an editor would. A word
 * that is made of several takes the times of all and the lowest probability.
 * @returns the words of each sentence; the last one of a sentence has its mark
 */
export function writtenSentences(words: readonly Word[]): Word[][] {
  return splitSentences(words).map((sentence) => {
    const written = withHalfSpaces(withNumbers(sentence));
    const last = written.at(-1);
    if (last === undefined || /[.!?؟…]$/u.test(last.text)) return written;
    const mark = sentenceMark(written.map(({ text }) => text));
    return [...written.slice(0, -1), { ...last, text: last.text + mark }];
  });
}

function withNumbers(words: readonly Word[]): Word[] {
  const written: Word[] = [];
  let at = 0;
  for (const { from, to, text } of findSpokenNumbers(words.map(({ text }) => text))) {
    written.push(...words.slice(at, from), ...retimed(text, words.slice(from, to)));
    at = to;
  }
  return [...written, ...words.slice(at)];
}

function withHalfSpaces(words: readonly Word[]): Word[] {
  return retimed(normalisePersian(words.map(({ text }) => text).join(' ')), words);
}

/** Returns the words of a text with the times of the words that it was made of. */
function retimed(text: string, said: readonly Word[]): Word[] {
  return timedWords(text, { start: said[0]?.start ?? 0, end: said.at(-1)?.end ?? 0, words: said });
}
