import type { Cost } from './engine.ts';
import type { TranscriptionId } from './ids.ts';

/** What a language model can be asked to make of a transcript. */
export const understandingKinds = [
  'summary',
  'tasks',
  'chapters',
  'clean',
  'translation',
  'minutes',
  'question',
] as const;

export type UnderstandingKind = (typeof understandingKinds)[number];

/** The kinds that have a button under a transcript. */
export const offeredKinds = ['summary', 'tasks', 'chapters', 'clean', 'translation', 'minutes'] as const;

export type OfferedKind = (typeof offeredKinds)[number];

/** What buttons under a transcript say about the language model. */
export type UnderstandingOffer = {
  /** True when the text stays on this machine. */
  readonly isPrivate: boolean;
  /** The most that each kind costs for this text; null: free, or unknown. */
  readonly cost: Cost | null;
};

/** Files of a result: documents, and the dates as a calendar. */
export const understoodFiles = ['docx', 'pdf', 'ics'] as const;
export type UnderstoodFile = (typeof understoodFiles)[number];

/** A moment of an upload. Its times are in seconds from the start. */
export type Moment = { readonly id: TranscriptionId; readonly start: number; readonly end: number };

/** Maximum length of a clip of a moment, in seconds. */
export const maxMomentSeconds = 60;

/** Returns the callback data of a button that plays a moment; times in ms. */
export function packMoment({ id, start, end }: Moment): string {
  return `moment:${id}:${Math.round(start * 1000)}:${Math.round(end * 1000)}`;
}

/** Callback data of a button that plays a moment. */
export const momentPress = /^moment:([1-9]\d{0,14}):(0|[1-9]\d{0,9}):([1-9]\d{0,9})$/;

/** Parses callback data of a button that plays a moment; undefined for anything else, because clients can send any text. */
export function parseMoment(data: string): Moment | undefined {
  const [, id, from, to] = momentPress.exec(data) ?? [];
  const start = Number(from) / 1000;
  const end = Math.min(Number(to) / 1000, start + maxMomentSeconds);
  return id === undefined || !(end > start) ? undefined : { id: Number(id), start, end };
}
