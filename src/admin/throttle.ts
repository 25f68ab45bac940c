/** Tries to sign in that one visitor has within the window, and all visitors together. */
const triesEach = 10;
const triesOfAll = 100;
const windowMs = 60_000;

/**
 * Slows down who guesses: a link has 256 random bits, so this is for the log's sake and the database's.
 * @returns whether this visitor may try once more now
 */
export function createThrottle(now: () => number = Date.now): (visitor: string) => boolean {
  let windowEnd = 0;
  let tries = new Map<string, number>();
  let total = 0;
  return (visitor) => {
    if (now() >= windowEnd) {
      windowEnd = now() + windowMs;
      tries = new Map();
      total = 0;
    }
    const own = (tries.get(visitor) ?? 0) + 1;
    total += 1;
    if (own > triesEach || total > triesOfAll) return false;
    tries.set(visitor, own);
    return true;
  };
}
