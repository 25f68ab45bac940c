import { isVeryCommon } from '../../domain/common-words.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import { findSearchWords, type History, wordsOfQuery } from '../history/index.ts';
import type { NumberedSegment } from './provable/contract.ts';

/** Maximum words of a question that are searched for, transcripts that are read, and hits of a word that are ranked. */
const [maxWords, maxTranscripts, maxHits] = [8, 5, 30];

/** Number of segments around a found word that the language model reads, and maximum number of all. */
const [around, maxSegments] = [6, 400];

/** A transcript in which words of a question were found. */
export type FoundTranscript = {
  readonly id: TranscriptionId;
  /** Name of its file, or of its sender; null when it has neither. */
  readonly name: string | null;
  readonly sentAt: Date;
};

/** Returns the words of a question that are worth a search. */
export function wordsOfQuestion(question: string): string[] {
  const words = wordsOfQuery(question);
  const telling = words.filter((word) => !isVeryCommon(word));
  return (telling.length > 0 ? telling : words).slice(0, maxWords);
}

/**
 * Returns the user's transcripts that hold the words of a question: those with more of the words first, then the newest.
 * A word that none of them holds is replaced by the most similar one.
 */
export async function findTranscripts(
  history: Pick<History, 'page' | 'alike'>,
  userId: UserId,
  words: readonly string[],
): Promise<{ readonly found: FoundTranscript[]; readonly words: string[] }> {
  const hits = new Map<TranscriptionId, { readonly transcript: FoundTranscript; words: number }>();
  const searched: string[] = [];
  for (const asked of words) {
    const { word, entries } = await findWord(history, userId, asked);
    searched.push(word);
    for (const { id, fileName, senderName, sentAt } of entries) {
      const hit = hits.get(id) ?? { transcript: { id, name: fileName ?? senderName, sentAt }, words: 0 };
      hits.set(id, { ...hit, words: hit.words + 1 });
    }
  }
  const ranked = [...hits.values()].toSorted(
    (one, other) => other.words - one.words || other.transcript.id - one.transcript.id,
  );
  return { found: ranked.slice(0, maxTranscripts).map(({ transcript }) => transcript), words: searched };
}

async function findWord(history: Pick<History, 'page' | 'alike'>, userId: UserId, word: string) {
  const pageOf = (of: string) => history.page(userId, { words: [of], from: null, limit: maxHits });
  const exact = await pageOf(word);
  if (exact.entries.length > 0) return { word, entries: exact.entries };
  const similar = await history.alike(userId, word);
  return similar === null
    ? { word, entries: [] }
    : { word: similar, entries: (await pageOf(similar)).entries };
}

/** Returns the segments around the words, in order. */
export function passagesAround(
  segments: readonly NumberedSegment[],
  words: readonly string[],
): NumberedSegment[] {
  const wanted = new Set(words);
  const kept = new Set<number>();
  for (const [index, { text }] of segments.entries()) {
    if (!findSearchWords(text).some(({ forms }) => forms.some((form) => wanted.has(form)))) continue;
    for (let near = index - around; near <= index + around; near += 1) kept.add(near);
  }
  return segments.filter((_, index) => kept.has(index)).slice(0, maxSegments);
}
