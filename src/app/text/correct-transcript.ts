import { correctAt } from '../../domain/correction/at-moment.ts';
import { type Corrected, correctAll } from '../../domain/correction/correct.ts';
import { hasArrow, readCorrections } from '../../domain/correction/notes.ts';
import { correctPassage } from '../../domain/correction/passage.ts';
import type { Clip } from '../../domain/delivery.ts';
import { worthLearning } from '../../domain/glossary.ts';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { Log } from '../ports/operations.ts';
import type { Change, CorrectedPlaces, Corrections } from './ports.ts';

/** What came of a reply to a transcript. `missing`: what is to be corrected is not in it. */
export type CorrectionAnswer =
  | {
      readonly kind: 'corrected';
      readonly id: number;
      readonly done: readonly CorrectedPlaces[];
      readonly learnt: boolean | null;
    }
  | { readonly kind: 'missing'; readonly wrong: string }
  | { readonly kind: 'same' | 'unsure' | 'unknown' };

/** So often it is read again when somebody else has changed it in between. */
const mostRounds = 5;

/**
 * A person has replied to a transcript: with `wrong → right` lines, or with a passage as it should read. Corrects it,
 * remembers the spelling, and has a worker renew what was sent.
 * @param clip the word that was heard in the message, where that is the clip of one: the reply is what it should be
 */
export async function correctTranscript(
  dependencies: { corrections: Corrections; log: Log },
  id: TranscriptionId,
  userId: UserId,
  reply: string,
  clip: Clip | null = null,
): Promise<CorrectionAnswer> {
  const notes = readCorrections(reply);
  if (notes === null && hasArrow(reply)) return { kind: 'unsure' };
  const correct = (segments: readonly Segment[]) => {
    if (notes !== null) return correctAll(segments, notes);
    return clip === null ? correctPassage(segments, reply) : correctAt(segments, clip, reply.trim());
  };
  const answer = await changeTranscript(dependencies, id, userId, correct);
  if (answer.kind === 'corrected' || clip !== null) return answer;
  // In one document of several recordings the words may be in another one.
  for (const other of await dependencies.corrections.together(id, userId)) {
    const elsewhere = await changeTranscript(dependencies, other, userId, correct);
    if (elsewhere.kind === 'corrected') return elsewhere;
  }
  return answer;
}

/** Changes a transcript as told. `learns`: the glossary remembers it. */
export async function changeTranscript(
  { corrections, log }: { corrections: Corrections; log: Log },
  id: TranscriptionId,
  userId: UserId,
  correct: (segments: readonly Segment[]) => Corrected | 'same' | 'unsure',
  { learns } = { learns: true },
): Promise<CorrectionAnswer> {
  for (let round = 0; round < mostRounds; round += 1) {
    const read = await corrections.read(id, userId);
    if (read === null) break;
    const { segments } = read.transcript;
    const corrected = correct(segments);
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
