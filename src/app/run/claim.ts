import type { Job, Token } from '../../domain/transcription.ts';
import type { Lanes } from '../ports/lanes.ts';
import { retryWhileDatabaseIsAway } from '../retry-database.ts';

export type ClaimDependencies = {
  lanes: Pick<Lanes, 'claim' | 'unclaim'>;
  /** Name of this process in the lane. */
  holder: string;
  jobLeaseMs: number;
};

/** What becomes of a token: `used`, or `returned` to its queue at once for another process. */
export type TokenUse = 'used' | 'returned';

/**
 * Runs the work of a token unless this process already works on the same token: BullMQ may deliver a token twice. A
 * claim that `claimFile` recognises as its own therefore comes from the same call.
 */
export function runOncePerToken(
  work: (token: Token) => Promise<TokenUse>,
): (token: Token) => Promise<TokenUse> {
  const underWay = new Set<string>();
  return async (token) => {
    const key = `${token.id}:${token.fence}`;
    if (underWay.has(key)) return 'used';
    underWay.add(key);
    return work(token).finally(() => underWay.delete(key));
  };
}

/**
 * Claims the transcription of a token, also during a restart of the database: a claim of its own whose response was lost
 * is undone and made again. Resolves to null for a stale token.
 * @throws DatabaseAwayError when the database stays away for the length of a lease, or the signal's reason
 */
export async function claimFile(
  { lanes, holder, jobLeaseMs }: ClaimDependencies,
  token: Token,
  shutdown: AbortSignal,
): Promise<Job | null> {
  let current = token;
  return retryWhileDatabaseIsAway(
    async (again) => {
      const job = await lanes.claim(current, holder);
      if (job !== null || !again) return job;
      const own = await lanes.unclaim(current, holder);
      if (own === null) return null;
      current = own;
      return lanes.claim(own, holder);
    },
    { withinMs: jobLeaseMs, signal: shutdown },
  );
}
