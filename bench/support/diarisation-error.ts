import type { KnownTurn } from './known-turns.ts';

/** Errors in percent of the speech that is there. */
export type DiarisationError = {
  /** Diarisation error rate: the sum of the other three. */
  readonly der: number;
  readonly missed: number;
  readonly falseAlarm: number;
  /** Speech of one speaker given to another. */
  readonly confused: number;
};

const step = 0.01;
/** Time around the edges of the known turns that does not count, in seconds, as is usual. */
const collar = 0.25;

/** Compares turns with the known ones; speakers are paired so that most of the speech agrees. */
export function diarisationError(
  known: readonly KnownTurn[],
  found: readonly KnownTurn[],
  seconds: number,
): DiarisationError {
  const [truth, guess] = [framesOf(known, seconds), framesOf(found, seconds)];
  const counts = new Uint8Array(Math.ceil(seconds / step)).fill(1);
  for (const [start, end] of known)
    for (const edge of [start, end])
      counts.fill(0, Math.max(0, Math.floor((edge - collar) / step)), Math.ceil((edge + collar) / step));
  const agreement = truth.map((a) => guess.map((b) => sum(counts, (at) => (a[at] ?? 0) & (b[at] ?? 0))));
  const [total, guessed] = [truth, guess].map((frames) => countsOf(frames, counts)) as [number[], number[]];
  const speech = total.reduce((all, count) => all + count, 0);
  const missed = sum(counts, (at) => Math.max(0, (total[at] ?? 0) - (guessed[at] ?? 0)));
  const falseAlarm = sum(counts, (at) => Math.max(0, (guessed[at] ?? 0) - (total[at] ?? 0)));
  const both = sum(counts, (at) => Math.min(total[at] ?? 0, guessed[at] ?? 0));
  const share = (frames: number) => (speech === 0 ? 0 : (100 * frames) / speech);
  const confused = both - bestPairing(agreement);
  return {
    der: share(missed + falseAlarm + confused),
    missed: share(missed),
    falseAlarm: share(falseAlarm),
    confused: share(confused),
  };
}

/** Returns the largest sum of agreements when each row gets a column of its own, or none. */
export function bestPairing(agreement: readonly (readonly number[])[]): number {
  // By the set of rows that have a column; columns are many at times, rows are few.
  let best = new Map<number, number>([[0, 0]]);
  const columns = agreement[0]?.length ?? 0;
  for (let column = 0; column < columns; column++) {
    const next = new Map(best);
    for (const [rows, value] of best)
      for (const [row, values] of agreement.entries()) {
        if (rows & (1 << row)) continue;
        const with_ = rows | (1 << row);
        next.set(with_, Math.max(next.get(with_) ?? 0, value + (values[column] ?? 0)));
      }
    best = next;
  }
  return Math.max(...best.values());
}

function framesOf(turns: readonly KnownTurn[], seconds: number): Uint8Array[] {
  const speakers = [...new Set(turns.map(([, , speaker]) => speaker))];
  return speakers.map((speaker) => {
    const frames = new Uint8Array(Math.ceil(seconds / step));
    for (const [start, end, who] of turns)
      if (who === speaker) frames.fill(1, Math.round(start / step), Math.round(end / step));
    return frames;
  });
}

function countsOf(frames: readonly Uint8Array[], counts: Uint8Array): number[] {
  return Array.from(counts, (counted, at) =>
    counted === 0 ? 0 : frames.reduce((all, frame) => all + (frame[at] ?? 0), 0),
  );
}

function sum(counts: Uint8Array, valueAt: (at: number) => number): number {
  let all = 0;
  for (let at = 0; at < counts.length; at++) if (counts[at] === 1) all += valueAt(at);
  return all;
}
