import { isIP } from 'node:net';
import { hashOfKey } from '../app/admin/sign-in.ts';

/** Tries to sign in that one visitor has within the window, and that one link has. */
const maxTries = 10;
const windowMs = 60_000;

/** Counters kept of visitors, and as many of links: some 2 MB together. */
const maxCounters = 10_000;

/**
 * Slows down whoever guesses sign-in links. Each visitor and each link is counted by itself. There is no total of all
 * visitors, because strangers could use it up and lock the admins out. Memory is bounded: of too many counters the one
 * that was used longest ago goes.
 * @param now the time in milliseconds
 * @returns counts a try of a visitor's address with a link's word, and says whether they may
 */
export function createThrottle(
  now: () => number = Date.now,
  max = maxCounters,
): (visitor: string, link: string) => boolean {
  const visitors = createCounters(now, max);
  const links = createCounters(now, max);
  return (visitor, link) => visitors(networkOf(visitor)) <= maxTries && links(hashOfKey(link)) <= maxTries;
}

/** Counts by key within a window that begins with the key's first count. */
function createCounters(now: () => number, max: number): (key: string) => number {
  // A Map keeps the order of insertion: the first key is the one that was used longest ago.
  const counters = new Map<string, { readonly until: number; count: number }>();
  return (key) => {
    const known = counters.get(key);
    const counter =
      known === undefined || now() >= known.until ? { until: now() + windowMs, count: 0 } : known;
    counter.count += 1;
    counters.delete(key);
    counters.set(key, counter);
    const [oldest] = counters.keys();
    if (counters.size > max && oldest !== undefined) counters.delete(oldest);
    return counter.count;
  };
}

/**
 * Returns what one visitor is counted by: an IPv4 address as it is, of an IPv6 address the first 64 bits, since a single
 * customer usually gets a whole network of that size (RFC 6177).
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  if (isIP(bare) !== 6) return address;
  const [head = '', tail] = bare.split('::');
  const groups = head === '' ? [] : head.split(':');
  // What `::` stands for is at least one group of zeros; groups that come after the fourth do not matter.
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':');
    const missing = 8 - groups.length - after.length - (tail.includes('.') ? 1 : 0);
    groups.push(...Array<string>(missing).fill('0'), ...after);
  }
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
