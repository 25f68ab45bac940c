import type { Job, Token } from '../domain/transcription.ts';
import type { Lanes } from './ports/lanes.ts';
import { retryWhileDatabaseIsAway } from './retry-database.ts';

export type ClaimDependencies = {
  lanes: Pick<Lanes, 'claim' | 'unclaim'>;
  /** Names this process in the lane. */
  holder: string;
  leaseMs: number;
};

/**
 * Does a token's work unless the same token is at work in this process already: BullMQ may bring it twice. A claim that
 * is recognised as an own one (claimFile) is then that of the same call.
 */
export function onceAtATime(work: (token: Token) => Promise<void>): (token: Token) => Promise<void> {
  const underWay = new Set<string>();
  return async (token) => {
    const turn = `${token.id}:${token.fence}`;
    if (underWay.has(turn)) return;
    underWay.add(turn);
    await work(token).finally(() => underWay.delete(turn));
  };
}

/**
 * Claims the file of a token, also while the database restarts: an own claim whose answer was lost is given back and
 * made again. Resolves to null for a stale token. Rejects with a DatabaseAwayError when the database stays away for a
 * lease, and with the signal's reason.
 */
export async function claimFile(
  { lanes, holder, leaseMs }: ClaimDependencies,
  token: Token,
  shutdown: AbortSignal,
): Promise<Job | null> {
  let turn = token;
  return retryWhileDatabaseIsAway(
    async (again) => {
      const job = await lanes.claim(turn, holder);
      if (job !== null || !again) return job;
      const own = await lanes.unclaim(turn, holder);
      if (own === null) return null;
      turn = own;
      return lanes.claim(own, holder);
    },
    { withinMs: leaseMs, signal: shutdown },
  );
}
