import { withoutBidiControls } from './bidi-controls.ts';
import type { DocumentChoice } from './document-choice.ts';
import type { Segment } from './transcript.ts';

/** Labels of engines for unnamed speakers: `speaker_0`, `A`, `2`. */
const unnamed = /^(?:speaker[ _-]?)?(?:\d{1,3}|[a-z])$/i;

/** Maximum length of a speaker's name, in code points. */
const maxNameLength = 64;

/** Returns the name of an unnamed speaker by number, from 1 in the order of first words. */
export type NumberSpeaker = (number: number) => string;

/** A speaker of a transcript. */
export type Speaker = {
  /** The engine's label, which the speaker's segments carry. */
  readonly label: string;
  /** The place of the label among all labels of the engine, from 0; it stays when speakers are named or merged. */
  readonly place: number;
  /** The name as the reader sees it. */
  readonly name: string;
  /** True for a name that the user gave, or that a kept voice has. */
  readonly isNamed: boolean;
  /** Name of a kept voice that is similar, but not similar enough to use the name without asking. */
  readonly guess: string | null;
  /** Length of the speaker's segments, in seconds. */
  readonly seconds: number;
};

/** Returns the label of a segment's speaker after its user has merged speakers; undefined without a speaker. */
export function speakerLabel({ speaker, mergedInto }: Segment): string | undefined {
  return speaker === undefined ? undefined : (mergedInto ?? speaker);
}

/** Returns the speakers of a transcript, in the order of their first words. */
export function listSpeakers(segments: readonly Segment[], numberSpeaker: NumberSpeaker): Speaker[] {
  const places = new Map<string, number>();
  for (const { speaker } of segments)
    if (speaker !== undefined && !places.has(speaker)) places.set(speaker, places.size);
  const speakers = new Map<string, Speaker>();
  let numbered = 0;
  for (const segment of segments) {
    const label = speakerLabel(segment);
    if (label === undefined) continue;
    const { speakerName, speakerGuess, start, end } = segment;
    let speaker = speakers.get(label);
    if (speaker === undefined) {
      // A named speaker has a number too, so that the others keep theirs.
      const name = unnamed.test(label) ? numberSpeaker(++numbered) : label;
      speaker = { label, place: places.get(label) ?? 0, name, isNamed: false, guess: null, seconds: 0 };
    }
    speakers.set(label, {
      ...speaker,
      ...(speakerName !== undefined && { name: speakerName, isNamed: true }),
      guess: speaker.guess ?? speakerGuess ?? null,
      seconds: speaker.seconds + end - start,
    });
  }
  return [...speakers.values()].map((speaker) => (speaker.isNamed ? { ...speaker, guess: null } : speaker));
}

/** Applies a user's setting for speakers: hides them, or replaces the engine's labels with readable names. */
export function withSpeakers(
  segments: readonly Segment[],
  shown: DocumentChoice['speakers'],
  numberSpeaker: NumberSpeaker,
): readonly Segment[] {
  if (segments.every(({ speaker }) => speaker === undefined)) return segments;
  const names = new Map(listSpeakers(segments, numberSpeaker).map(({ label, name }) => [label, name]));
  return segments.map((segment) => {
    const { speaker: _, mergedInto, speakerName, speakerGuess, ...rest } = segment;
    const label = speakerLabel(segment);
    return label === undefined || shown === 'hidden' ? rest : { ...rest, speaker: names.get(label) ?? label };
  });
}

/** Returns true if a transcript has two speakers at least. */
export function hasSeveralSpeakers(segments: readonly Segment[]): boolean {
  const first = segments.find(({ speaker }) => speaker !== undefined);
  return (
    first !== undefined &&
    segments.some((segment) => segment.speaker !== undefined && segment.speaker !== first.speaker)
  );
}

/** Names a speaker. */
export function nameSpeaker(segments: readonly Segment[], label: string, name: string): Segment[] {
  return segments.map((segment) => {
    if (speakerLabel(segment) !== label) return segment;
    const { speakerGuess: _, ...rest } = segment;
    return { ...rest, speakerName: name };
  });
}

/** Offers a name for a speaker. */
export function offerName(segments: readonly Segment[], label: string, name: string): Segment[] {
  return segments.map((segment) =>
    speakerLabel(segment) === label ? { ...segment, speakerGuess: name } : segment,
  );
}

/** Merges a speaker into another one, which keeps its name; without one, it gets the name of the first. */
export function mergeSpeakers(segments: readonly Segment[], from: string, into: string): Segment[] {
  const nameOf = (label: string) =>
    segments.find((segment) => speakerLabel(segment) === label && segment.speakerName !== undefined)
      ?.speakerName;
  const name = nameOf(into) ?? nameOf(from);
  return segments.map((segment) => {
    const label = speakerLabel(segment);
    if (label !== from && label !== into) return segment;
    const { mergedInto: _, ...rest } = segment;
    return {
      ...rest,
      ...(segment.speaker !== into && { mergedInto: into }),
      ...(name !== undefined && { speakerName: name }),
    };
  });
}

/** Separates the speaker with this label of the engine from the one into which it was merged; it keeps the name. */
export function separateSpeaker(segments: readonly Segment[], label: string): Segment[] {
  return segments.map((segment) => {
    if (segment.speaker !== label) return segment;
    const { mergedInto: _, ...rest } = segment;
    return rest;
  });
}

/** Returns a segment with the speaker of another one. */
export function withSpeakerOf(segment: Segment, other: Segment): Segment {
  const { speaker: _, mergedInto: _m, speakerName: _n, speakerGuess: _g, ...rest } = segment;
  const { speaker, mergedInto, speakerName, speakerGuess } = other;
  return {
    ...rest,
    ...(speaker !== undefined && { speaker }),
    ...(mergedInto !== undefined && { mergedInto }),
    ...(speakerName !== undefined && { speakerName }),
    ...(speakerGuess !== undefined && { speakerGuess }),
  };
}

/** Returns a user's text as the name of a speaker, on one line; null if it is none, or too long. */
export function speakerNameOf(text: string): string | null {
  const name = withoutBidiControls(text)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const isName = /[\p{L}\p{N}]/u.test(name) && [...name].length <= maxNameLength;
  return isName && !text.trim().includes('\n') ? name : null;
}

/** Longest clip of a speaker's voice, and pause that it bridges, in seconds. */
const clipSeconds = 10;
const maxPauseSeconds = 1.5;

/**
 * Returns where a speaker is best heard: the longest stretch in which nobody else speaks, at most ten seconds of it.
 */
export function speakerClip(
  segments: readonly Segment[],
  label: string,
): { readonly start: number; readonly end: number } | null {
  const [best] = speakerStretches(segments, label).toSorted(
    (a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  if (best === undefined) return null;
  return { start: best.start, end: Math.min(best.end, best.start + clipSeconds) };
}

/** Returns the stretches in which a speaker speaks, with pauses of up to a second and a half, in the order of time. */
export function speakerStretches(
  segments: readonly Segment[],
  label: string,
): { readonly start: number; readonly end: number }[] {
  const stretches: { start: number; end: number }[] = [];
  let isOpen = false;
  for (const segment of segments) {
    const { start, end } = segment;
    const last = stretches.at(-1);
    if (speakerLabel(segment) !== label) isOpen = false;
    else if (isOpen && last !== undefined && start - last.end <= maxPauseSeconds)
      last.end = Math.max(last.end, end);
    else {
      stretches.push({ start, end });
      isOpen = true;
    }
  }
  return stretches;
}

/** Returns a text that was copied from the chat without the names that stand before what speakers say. */
export function withoutSpeakerNames(text: string, speakers: readonly Pick<Speaker, 'name'>[]): string {
  if (speakers.length < 2) return text;
  const names = speakers.map(({ name }) => withoutBidiControls(name));
  return text
    .split('\n')
    .map((line) => {
      const bare = withoutBidiControls(line).trimStart();
      const name = names.find((each) => bare.startsWith(`${each}:`));
      return name === undefined ? line : bare.slice(name.length + 1).trimStart();
    })
    .join('\n');
}
