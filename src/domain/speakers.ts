import type { DocumentChoice } from './document-choice.ts';
import type { Segment } from './transcript.ts';

/** Labels of engines for unnamed speakers: `speaker_0`, `A`, `2`. */
const label = /^(?:speaker[ _-]?)?(?:\d{1,3}|[a-z])$/i;

/**
 * Applies a user's setting for speakers: hides them, or replaces the engine's labels with readable names.
 * @param nameOf returns the name of a speaker by number, from 1 in the order of first words
 */
export function withSpeakers(
  segments: readonly Segment[],
  shown: DocumentChoice['speakers'],
  nameOf: (number: number) => string,
): readonly Segment[] {
  if (segments.every(({ speaker }) => speaker === undefined)) return segments;
  const labels = [...new Set(segments.flatMap(({ speaker = '' }) => (label.test(speaker) ? [speaker] : [])))];
  return segments.map(({ speaker, ...segment }) => {
    if (speaker === undefined || shown === 'hidden') return segment;
    const number = labels.indexOf(speaker) + 1;
    return { ...segment, speaker: number === 0 ? speaker : nameOf(number) };
  });
}
