import type { TranscriptionState } from '../../src/domain/transcription.ts';
import type { TestDatabase } from './test-database.ts';

/** One move of one file, as the database recorded it. */
export type Move = {
  readonly user: number;
  /** Its place in the order of arrival. */
  readonly seq: number;
  readonly from: TranscriptionState | null;
  readonly to: TranscriptionState;
  /** The process id of the lane's holder, null when it had none. */
  readonly worker: number | null;
};

/** Returns every move of these users' files, oldest first. */
export async function movesOf(database: TestDatabase, users: readonly { id: number }[]): Promise<Move[]> {
  const rows = await database.stateChange.findMany({
    where: { userId: { in: users.map(({ id }) => id) } },
    include: { transcription: { select: { seq: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ userId, transcription, fromState, toState, holder }) => ({
    user: Number(userId),
    seq: transcription.seq,
    from: fromState,
    to: toState,
    worker: holder === null ? null : Number(holder.split(':').at(-2)),
  }));
}

/** Returns the moves by which workers claimed files, in order. */
export function startsIn(moves: readonly Move[]): Move[] {
  return moves.filter(({ to }) => to === 'PROCESSING');
}

/** Returns the maximum number of files of one user that were active at the same time. */
export function maxActiveIn(moves: readonly Move[]): number {
  const active = new Map<number, Set<number>>();
  let most = 0;
  for (const { user, seq, to } of moves) {
    const its = active.get(user) ?? new Set();
    if (to === 'QUEUED' || to === 'PROCESSING') its.add(seq);
    else its.delete(seq);
    active.set(user, its);
    most = Math.max(most, its.size);
  }
  return most;
}
