import { writtenSentences } from './persian/written-words.ts';
import type { Segment, Word } from './transcript.ts';

/** Longest pause within a segment, in seconds. */
const maxPauseSeconds = 0.7;
/** Longest segment, in seconds; about four lines of a subtitle. */
const maxSegmentSeconds = 12;

/**
 * Makes segments of the words of a model without punctuation. Persian gets punctuation, digits and half-spaces; words
 * of other languages stay, and are cut at pauses.
 * @param language ISO 639-1 code
 */
export function writtenSegments(words: readonly Word[], language: string): Segment[] {
  const sentences = language === 'fa' ? writtenSentences(words) : splitAtPauses(words);
  return sentences.flatMap(shortGroups).map(toSegment);
}

function splitAtPauses(words: readonly Word[]): Word[][] {
  const groups: Word[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    if (group === undefined || word.start - (group.at(-1)?.end ?? 0) >= maxPauseSeconds) groups.push([word]);
    else group.push(word);
  }
  return groups;
}

/** Cuts words at their longest pauses until each group is short enough. */
function shortGroups(words: readonly Word[]): Word[][] {
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  if (words.length < 2 || last.end - first.start <= maxSegmentSeconds) return [[...words]];
  // In the middle half, so that no segment is a single word.
  const edge = Math.floor(words.length / 4);
  let cut = edge + 1;
  for (let at = cut + 1; at < words.length - edge; at += 1) {
    if (pauseBefore(words, at) > pauseBefore(words, cut)) cut = at;
  }
  return [...shortGroups(words.slice(0, cut)), ...shortGroups(words.slice(cut))];
}

function pauseBefore(words: readonly Word[], at: number): number {
  return (words[at]?.start ?? 0) - (words[at - 1]?.end ?? 0);
}

function toSegment(words: readonly Word[]): Segment {
  const probabilities = words.flatMap(({ probability }) => probability ?? []);
  const logs = probabilities.map((probability) => Math.log(Math.max(probability, 1e-9)));
  return {
    start: words[0]?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    text: words.map(({ text }) => text).join(' '),
    words: [...words],
    averageLogProbability: logs.length === 0 ? null : logs.reduce((sum, log) => sum + log, 0) / logs.length,
    noSpeechProbability: null,
    compressionRatio: null,
  };
}
