import type { Corrected } from '../../domain/correction/correct.ts';
import { changedPlaces } from '../../domain/correction/correct.ts';
import { replaceWords } from '../../domain/correction/replace.ts';
import { keysOf, placedKeys } from '../../domain/correction/words.ts';
import { bareWord, timedWords } from '../../domain/timed-words.ts';
import type { Segment } from '../../domain/transcript.ts';

/** Longest reply to a single word, in words; a longer one is not a correction. */
const maxWordsAtMoment = 5;

/**
 * Corrects what was said between two moments (in seconds), in this place only. Returns `unclear` when nothing was said
 * there or the text contains no word, and `same` when it already reads like that.
 */
export function correctAt(
  segments: readonly Segment[],
  { start, end }: { readonly start: number; readonly end: number },
  right: string,
): Corrected | 'same' | 'unclear' {
  const count = keysOf(right).length;
  if (count === 0 || count > maxWordsAtMoment) return 'unclear';
  const words = placedKeys(segments);
  const near = new Map(
    segments.flatMap((segment, place) =>
      segment.end >= start && segment.start <= end
        ? [[place, timedWords(segment.text, segment)] as const]
        : [],
    ),
  );
  const spoken = words.map(({ segment, word }) => near.get(segment)?.[word]);
  const isMeant = spoken.map((word) => {
    const middle = word === undefined ? Number.NaN : (word.start + word.end) / 2;
    return middle >= start && middle <= end;
  });
  const from = isMeant.indexOf(true);
  if (from < 0) return 'unclear';
  const to = isMeant.lastIndexOf(true) + 1;
  const wrong = spoken.slice(from, to).map((word) => bareWord(word?.text.trim() ?? ''));
  if (wrong.join(' ') === right) return 'same';
  const corrected = replaceWords(segments, words, [{ from, to, right }]);
  return {
    segments: corrected,
    changed: changedPlaces(segments, corrected),
    done: [{ wrong: wrong.join(' '), right, places: 1 }],
  };
}
