import type { Segment, Word } from '../domain/transcript.ts';

/** A word, or the text between two words, in reading order. */
export type SpokenPiece = Word & {
  /** False for the space between two words. */
  readonly isWord: boolean;
  readonly speaker: string | null;
};

/** A pause of this length starts a new segment, in seconds. */
const pauseSeconds = 1;
/** A segment of this many UTF-16 units ends at the next word, even within a sentence. */
const maxTextLength = 300;
const sentenceEnd = /[.!?؟…。！？।]["'»”’)\]]*$/u;

/**
 * Groups words into segments, for services that return only words; a segment ends at the end of a sentence, a
 * pause or a change of speaker.
 */
export function wordsToSegments(pieces: readonly SpokenPiece[]): Segment[] {
  const groups: SpokenPiece[][] = [];
  let last: SpokenPiece | undefined;
  let length = 0;
  for (const piece of pieces) {
    const isNew =
      piece.isWord &&
      (last === undefined ||
        piece.speaker !== last.speaker ||
        piece.start - last.end >= pauseSeconds ||
        sentenceEnd.test(last.text) ||
        length >= maxTextLength);
    if (isNew) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(piece);
    length += piece.text.length;
    if (piece.isWord) last = piece;
  }
  return groups.map(toSegment);
}

function toSegment(pieces: readonly SpokenPiece[]): Segment {
  const words = pieces.filter(({ isWord }) => isWord);
  const speaker = words[0]?.speaker ?? null;
  return {
    start: words[0]?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    text: pieces
      .map(({ text }) => text)
      .join('')
      .trim(),
    words: words.map(({ text, start, end, probability }) => ({ text: text.trim(), start, end, probability })),
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
    ...(speaker === null ? {} : { speaker }),
  };
}

/** Returns one segment for a service without times; none for empty text. */
export function untimedSegments(text: string, durationSeconds: number): Segment[] {
  const spoken = text.trim();
  if (spoken === '') return [];
  const nothing = { averageLogProbability: null, noSpeechProbability: null, compressionRatio: null };
  return [{ start: 0, end: durationSeconds, text: spoken, words: [], ...nothing }];
}
