import type { Log } from '../../app/ports/log.ts';
import type { Corrected, Correction } from '../../domain/correction/correct.ts';
import type { Clip } from '../../domain/delivery.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import {
  listSpeakers,
  type NumberSpeaker,
  withoutSpeakerNames,
  withSpeakerOf,
} from '../../domain/speakers.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { CommonWords } from '../glossary/index.ts';
import { hasArrow, readCorrections } from './read-corrections.ts';
import { type Lesson, selectWorthLearning } from './select-worth-learning.ts';
import type { Change, CorrectedPlaces, Corrections } from './store.ts';
import type { CorrectionThread } from './thread/correction-thread.ts';
import type { CorrectionResult, RequestedChange } from './wanted.ts';

export type CorrectDependencies = {
  corrections: Corrections;
  commonWords: CommonWords;
  corrector: Pick<CorrectionThread, 'correct'>;
  log: Log;
};

/**
 * Outcome of a reply to a transcript. `missing`: the wrong text does not occur. `long`: the comparison would take too
 * long; nothing is changed.
 */
export type CorrectionOutcome =
  | {
      readonly kind: 'corrected';
      readonly id: number;
      readonly done: readonly CorrectedPlaces[];
      readonly learnt: boolean | null;
      /** Number of other places that read the same and were left as they are. */
      readonly others: number;
      /** True when the user may want a spelling remembered that is not learnt by itself. */
      readonly asks: boolean;
    }
  | { readonly kind: 'missing'; readonly wrong: string }
  | { readonly kind: 'same' | 'unclear' | 'long' | 'unknown' };

/** Maximum number of attempts when another change comes in between. */
const maxRounds = 5;

/** Maximum time for all transcripts of one document in one reply, in ms. */
const maxBundleMs = 5_000;

/**
 * Corrects a transcript from a user's reply: `wrong → right` lines, or a passage as it should read. Adds the spelling
 * to the glossary and has a worker update the sent messages.
 * @param context the word of the clip that the user replied to, whose correct text is the reply; and how the user sees
 * unnamed speakers, since a passage may have been copied with their names
 */
export async function correctTranscript(
  dependencies: CorrectDependencies,
  id: TranscriptionId,
  userId: UserId,
  reply: string,
  { clip = null, numberSpeaker = String }: { clip?: Clip | null; numberSpeaker?: NumberSpeaker } = {},
): Promise<CorrectionOutcome> {
  const notes = readCorrections(reply);
  if (notes === null && hasArrow(reply)) return { kind: 'unclear' };
  const wanted = wantedBy(reply, notes, clip);
  const correct = (segments: readonly Segment[]) =>
    dependencies.corrector.correct(
      segments,
      wanted.kind === 'passage'
        ? { ...wanted, passage: withoutSpeakerNames(wanted.passage, listSpeakers(segments, numberSpeaker)) }
        : wanted,
    );
  const answer = await changeTranscript(dependencies, id, userId, correct, dependencies.commonWords);
  if (answer.kind === 'corrected' || answer.kind === 'long' || clip !== null) return answer;
  // The words may be in another transcript of the same document.
  const startedAt = performance.now();
  for (const other of await dependencies.corrections.listBundled(id, userId)) {
    if (performance.now() - startedAt > maxBundleMs) return { kind: 'long' };
    const elsewhere = await changeTranscript(dependencies, other, userId, correct, dependencies.commonWords);
    if (elsewhere.kind === 'corrected' || elsewhere.kind === 'long') return elsewhere;
  }
  return answer;
}

function wantedBy(reply: string, notes: Correction[] | null, clip: Clip | null): RequestedChange {
  if (notes !== null) return { kind: 'notes', notes };
  if (clip === null) return { kind: 'passage', passage: reply };
  return { kind: 'clip', clip: { start: clip.start, end: clip.end }, right: reply.trim() };
}

/**
 * Changes a transcript with `correct`.
 * @param commonWords with which spellings for the glossary are selected; null: nothing is learnt
 */
export async function changeTranscript(
  { corrections, log }: Pick<CorrectDependencies, 'corrections' | 'log'>,
  id: TranscriptionId,
  userId: UserId,
  correct: (segments: readonly Segment[]) => CorrectionResult | Promise<CorrectionResult>,
  commonWords: CommonWords | null,
): Promise<CorrectionOutcome> {
  for (let round = 0; round < maxRounds; round += 1) {
    const read = await corrections.read(id, userId);
    if (read === null) break;
    const { segments, language } = read.transcript;
    const corrected = await correct(segments);
    if (typeof corrected === 'string') return { kind: corrected };
    const done = corrected.done.filter(({ places }) => places > 0);
    if (done.length === 0) return { kind: 'missing', wrong: corrected.done[0]?.wrong ?? '' };
    if (corrected.changed.length === 0) return { kind: 'same' };
    const isCommon = (text: string) => commonWords === null || commonWords.isCommon(text, language);
    const lessons = selectWorthLearning(done, isCommon);
    const change = changeOf(segments, corrected, done, lessons.learn);
    const result = await corrections.apply(id, userId, read.revision, change);
    if (result.outcome === 'stale') continue;
    if (result.outcome === 'unknown') break;
    log.info({ transcription: id, corrections: done.length }, 'corrected');
    const others = corrected.rest?.places ?? 0;
    return {
      kind: 'corrected',
      id: result.id,
      done,
      learnt: result.learnt,
      others,
      asks: lessons.ask.length > 0,
    };
  }
  return { kind: 'unknown' };
}

function changeOf(
  segments: readonly Segment[],
  corrected: Corrected,
  done: readonly CorrectedPlaces[],
  learn: readonly Lesson[],
): Change {
  const before = corrected.changed.flatMap((place) => {
    const segment = segments[place];
    return segment === undefined ? [] : [{ place, segment }];
  });
  const { rest } = corrected;
  return { segments: corrected.segments, done, before, learn, ...(rest && { rest }) };
}

/** Makes a correction in the other places that read like the corrected one did. */
export async function correctOtherPlaces(
  dependencies: CorrectDependencies,
  correction: number,
  userId: UserId,
): Promise<CorrectionOutcome> {
  const made = await dependencies.corrections.find(correction, userId);
  const rest = made?.rest;
  if (made === null || rest === undefined) return { kind: 'unknown' };
  return changeTranscript(
    dependencies,
    made.transcriptionId,
    userId,
    (segments) => dependencies.corrector.correct(segments, { kind: 'rest', rest }),
    null,
  );
}

/**
 * Adds the spellings of a correction to the glossary that were not learnt by themselves. Resolves to false when the
 * glossary is full, and to null when there is no such correction.
 */
export async function rememberSpelling(
  { corrections, commonWords }: Pick<CorrectDependencies, 'corrections' | 'commonWords'>,
  correction: number,
  userId: UserId,
): Promise<boolean | null> {
  const made = await corrections.find(correction, userId);
  const read = made && (await corrections.read(made.transcriptionId, userId));
  if (made === null || read === null) return null;
  const { language } = read.transcript;
  const { ask } = selectWorthLearning(made.done, (text) => commonWords.isCommon(text, language));
  return corrections.remember(correction, userId, ask);
}

/** Outcome of a press on the undo button. */
export type UndoOutcome = Exclude<Awaited<ReturnType<Corrections['undo']>>, 'stale'>;

/** Undoes a correction and its glossary entries; a worker updates the sent messages. */
export async function undoCorrection(
  corrections: Corrections,
  correction: number,
  userId: UserId,
): Promise<UndoOutcome> {
  for (let round = 0; round < maxRounds; round += 1) {
    const made = await corrections.find(correction, userId);
    const read = made && (await corrections.read(made.transcriptionId, userId));
    if (made === null || read === null) return 'unknown';
    const segments = [...read.transcript.segments];
    // The speaker may have been named since.
    for (const { place, segment } of made.before)
      segments[place] = withSpeakerOf(segment, segments[place] ?? segment);
    const result = await corrections.undo(correction, userId, read.revision, segments);
    if (result !== 'stale') return result;
  }
  return 'unknown';
}
