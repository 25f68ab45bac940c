import type { TranscriptionState } from '../../src/domain/transcription.ts';

/** What a user requests for a file once it is in this state. */
export type Wish = { readonly kind: 'cancel' | 'delete'; readonly when: TranscriptionState };

/** One voice note of the plan. */
export type Arrival = {
  /** Time since the beginning, in ms. */
  readonly atMs: number;
  /** The sender: a number below the count of users. */
  readonly person: number;
  /** The bot that gets the first delivery. */
  readonly bot: number;
  readonly wish: Wish | null;
  /** Whether the user presses Retry after a failure. */
  readonly retries: boolean;
};

/** Share of all files that come in floods. */
const floodedShare = 0.2;

/**
 * Plans who sends what and when, deterministically for the same seed: an even stream of files of all users,
 * and now and then a flood of one person's files, all at once.
 */
export function planArrivals(
  {
    uploads,
    seconds,
    users,
    floodSize,
  }: { uploads: number; seconds: number; users: number; floodSize: number },
  random: () => number,
): Arrival[] {
  const below = (count: number) => Math.floor(random() * count);
  const lengthMs = seconds * 1000;
  const drawn = (atMs: number, person: number): Arrival => ({
    atMs,
    person,
    bot: below(1_000),
    wish: drawWish(random),
    retries: random() < 0.5,
  });
  const floods = Math.floor((uploads * floodedShare) / floodSize);
  const flooded = Array.from({ length: floods }, () => {
    // A flood at the very end would only lengthen the run.
    const [atMs, person] = [random() * lengthMs * 0.7, below(users)];
    return Array.from({ length: floodSize }, () => drawn(atMs, person));
  });
  const even = uploads - floods * floodSize;
  const stream = Array.from({ length: even }, (_, index) => drawn((index * lengthMs) / even, below(users)));
  return [...flooded.flat(), ...stream].sort((one, other) => one.atMs - other.atMs);
}

const cancelled = ['CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING'] as const;
const deleted = [...cancelled, 'COMPLETED'] as const;

function drawWish(random: () => number): Wish | null {
  const [share, luck] = [random(), random()];
  const pick = <T>(from: readonly T[]): T => from[Math.floor(luck * from.length)] as T;
  if (share < 0.06) return { kind: 'cancel', when: pick(cancelled) };
  if (share < 0.12) return { kind: 'delete', when: pick(deleted) };
  return null;
}
