import type { Segment } from './transcript.ts';

/** How engines label somebody whose name they do not know: `speaker_0`, `A`, `2`. */
const label = /^(?:speaker[ _-]?)?(?:\d{1,3}|[a-z])$/i;

/**
 * Segments with speakers as somebody reads them: without, where they do not want to see them, else an engine's own label
 * as a name.
 * @param nameOf what whoever speaks first, second … is called; counts from 1
 */
export function withSpeakers(
  segments: readonly Segment[],
  shown: 'shown' | 'hidden',
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
