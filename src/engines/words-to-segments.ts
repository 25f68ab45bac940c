import type { Segment, Word } from '../domain/transcript.ts';

/** A word or what stands between words, in the order in which it is read. */
export type SpokenPiece = Word & {
  /** False for the space between two words. */
  readonly isWord: boolean;
  readonly speaker: string | null;
};

/** A pause after which a new thought begins, in seconds. */
const pauseSeconds = 1;
/** Past this many UTF-16 units a segment ends at the next word, sentence or not. */
const longestText = 300;
const sentenceEnd = /[.!?؟…。！？।]["'»”’)\]]*$/u;

/** Segments for a service that tells words alone: up to a sentence's end, a pause, another speaker. */
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
        length >= longestText);
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

/** One segment for a service that tells no times. None for no text. */
export function untimedSegments(text: string, durationSeconds: number): Segment[] {
  const spoken = text.trim();
  if (spoken === '') return [];
  const nothing = { averageLogProbability: null, noSpeechProbability: null, compressionRatio: null };
  return [{ start: 0, end: durationSeconds, text: spoken, words: [], ...nothing }];
}
