import type { Segment } from '../../src/domain/transcript.ts';

/** Returns a generator of numbers from 0 to below 1, always the same ones (mulberry32). */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Returns words of three to eleven letters that are all different, twenty per sentence: the hardest to
 * compare.
 */
export function manyWords(count: number, perSentence = 20): string[] {
  const random = numbers();
  const words = Array.from({ length: count }, () =>
    Array.from({ length: 3 + Math.floor(random() * 9) }, () =>
      String.fromCharCode(97 + Math.floor(random() * 26)),
    ).join(''),
  );
  const sentences: string[] = [];
  for (let at = 0; at < count; at += perSentence) sentences.push(words.slice(at, at + perSentence).join(' '));
  return sentences;
}

/** Returns a number of words out of the middle of a transcript, every third one misspelt. */
export function passageOf(segments: readonly Pick<Segment, 'text'>[], count: number): string {
  const words = segments.flatMap(({ text }) => text.split(' '));
  const from = Math.floor(words.length / 3);
  return words
    .slice(from, from + count)
    .map((word, index) => (index % 3 === 1 ? `${word}x` : word))
    .join(' ');
}
