import { timedWords } from '../../../domain/timed-words.ts';
import type { Segment, Transcript, Word } from '../../../domain/transcript.ts';
import type { NumberedSegment } from './contract.ts';

/** Maximum words of a segment: some 15 s of speech, so that a clip of it is short. */
const maxWords = 40;
/** Words after which a sentence may end a segment. */
const minWords = 12;
const sentenceEnd = /[.!?؟۔。！？…]["'»”)]*$/u;

/**
 * Numbers the segments of a transcript, from 1 on. A long segment is cut after sentences, so that a number names a
 * short stretch also where the engine gives no times.
 * @param transcription its id, where a source has several transcripts; else null
 * @param first number of the first segment
 */
export function numberSegments(
  transcript: Pick<Transcript, 'segments'>,
  transcription: string | null = null,
  first = 1,
): NumberedSegment[] {
  const numbered: NumberedSegment[] = [];
  for (const segment of transcript.segments) {
    for (const words of cutWords(timedWords(segment.text, segment))) {
      const [begin] = words;
      const end = words.at(-1);
      if (begin === undefined || end === undefined) continue;
      numbered.push({
        number: first + numbered.length,
        start: begin.start,
        end: end.end,
        text: textOf(segment, words),
        speaker: segment.speakerName ?? segment.mergedInto ?? segment.speaker ?? null,
        isHallucination: segment.hallucination !== undefined,
        transcription,
      });
    }
  }
  return numbered;
}

function cutWords(words: readonly Word[]): Word[][] {
  if (words.length <= maxWords) return [[...words]];
  const pieces: Word[][] = [[]];
  for (const word of words) {
    const piece = pieces.at(-1) ?? [];
    piece.push(word);
    const isFull = piece.length >= maxWords || (piece.length >= minWords && sentenceEnd.test(word.text));
    if (isFull) pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 0);
}

/** Returns the words as they stand in the segment: scripts without spaces have none between them. */
function textOf(segment: Segment, words: readonly Word[]): string {
  const spaced = words.map(({ text }) => text).join(' ');
  if (segment.text.includes(spaced)) return spaced;
  return words.map(({ text }) => text).join(segment.text.includes(' ') ? ' ' : '');
}
