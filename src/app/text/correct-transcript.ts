import type { Corrected, Correction } from '../../domain/correction/correct.ts';
import { hasArrow, readCorrections } from '../../domain/correction/notes.ts';
import type { CorrectionResult, Wanted } from '../../domain/correction/wanted.ts';
import type { Clip } from '../../domain/delivery.ts';
import { worthLearning } from '../../domain/glossary.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { Log } from '../ports/operations.ts';
import type { Change, CorrectedPlaces, Corrections, Corrector } from './ports.ts';

/**
 * What came of a reply to a transcript. `missing`: what is to be corrected is not in it. `long`: it would take too long
 * to compare, and nothing is changed.
 */
export type CorrectionAnswer =
  | {
      readonly kind: 'corrected';
      readonly id: number;
      readonly done: readonly CorrectedPlaces[];
      readonly learnt: boolean | null;
    }
  | { readonly kind: 'missing'; readonly wrong: string }
  | { readonly kind: 'same' | 'unsure' | 'long' | 'unknown' };

/** So often it is read again when somebody else has changed it in between. */
const mostRounds = 5;

/** So long the recordings of one document are gone through for one reply, in milliseconds. */
const togetherMs = 5_000;

/**
 * A person has replied to a transcript: with `wrong → right` lines, or with a passage as it should read. Corrects it,
 * remembers the spelling, and has a worker renew what was sent.
 * @param clip the word that was heard in the message, where that is the clip of one: the reply is what it should be
 */
export async function correctTranscript(
  dependencies: { corrections: Corrections; corrector: Corrector; log: Log },
  id: TranscriptionId,
  userId: UserId,
  reply: string,
  clip: Clip | null = null,
): Promise<CorrectionAnswer> {
  const notes = readCorrections(reply);
  if (notes === null && hasArrow(reply)) return { kind: 'unsure' };
  const wanted = wantedBy(reply, notes, clip);
  const correct = (segments: readonly Segment[]) => dependencies.corrector.correct(segments, wanted);
  const answer = await changeTranscript(dependencies, id, userId, correct);
  if (answer.kind === 'corrected' || answer.kind === 'long' || clip !== null) return answer;
  // In one document of several recordings the words may be in another one.
  const startedAt = performance.now();
  for (const other of await dependencies.corrections.together(id, userId)) {
    if (performance.now() - startedAt > togetherMs) return { kind: 'long' };
    const elsewhere = await changeTranscript(dependencies, other, userId, correct);
    if (elsewhere.kind === 'corrected' || elsewhere.kind === 'long') return elsewhere;
  }
  return answer;
}

function wantedBy(reply: string, notes: Correction[] | null, clip: Clip | null): Wanted {
  if (notes !== null) return { kind: 'notes', notes };
  if (clip === null) return { kind: 'passage', passage: reply };
  return { kind: 'clip', clip: { start: clip.start, end: clip.end }, right: reply.trim() };
}

/** Changes a transcript as told. `learns`: the glossary remembers it. */
export async function changeTranscript(
  { corrections, log }: { corrections: Corrections; log: Log },
  id: TranscriptionId,
  userId: UserId,
  correct: (segments: readonly Segment[]) => CorrectionResult | Promise<CorrectionResult>,
  { learns } = { learns: true },
): Promise<CorrectionAnswer> {
  for (let round = 0; round < mostRounds; round += 1) {
    const read = await corrections.read(id, userId);
    if (read === null) break;
    const { segments } = read.transcript;
    const corrected = await correct(segments);
    if (typeof corrected === 'string') return { kind: corrected };
    const done = corrected.done.filter(({ places }) => places > 0);
    if (done.length === 0) return { kind: 'missing', wrong: corrected.done[0]?.wrong ?? '' };
    if (corrected.changed.length === 0) return { kind: 'same' };
    const result = await corrections.apply(
      id,
      userId,
      read.revision,
      changeOf(segments, corrected, done, learns),
    );
    if (result.outcome === 'stale') continue;
    if (result.outcome === 'unknown') break;
    log.info({ transcription: id, corrections: done.length }, 'corrected');
    return { kind: 'corrected', id: result.id, done, learnt: result.learnt };
  }
  return { kind: 'unknown' };
}

function changeOf(
  segments: readonly Segment[],
  corrected: Corrected,
  done: readonly CorrectedPlaces[],
  learns: boolean,
): Change {
  const before = corrected.changed.flatMap((place) => {
    const segment = segments[place];
    return segment === undefined ? [] : [{ place, segment }];
  });
  return { segments: corrected.segments, done, before, learn: learns ? worthLearning(done) : [] };
}

/** What comes of a press under the confirmation. */
export type UndoAnswer = Exclude<Awaited<ReturnType<Corrections['undo']>>, 'stale'>;

/** Takes a correction back, with what was learnt of it; a worker renews what was sent. */
export async function undoCorrection(
  corrections: Corrections,
  correction: number,
  userId: UserId,
): Promise<UndoAnswer> {
  for (let round = 0; round < mostRounds; round += 1) {
    const made = await corrections.find(correction, userId);
    const read = made && (await corrections.read(made.transcriptionId, userId));
    if (made === null || read === null) return 'unknown';
    const segments = [...read.transcript.segments];
    for (const { place, segment } of made.before) segments[place] = segment;
    const result = await corrections.undo(correction, userId, read.revision, segments);
    if (result !== 'stale') return result;
  }
  return 'unknown';
}
