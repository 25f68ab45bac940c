import { isIP } from 'node:net';
import { hashOfKey } from '../app/admin/sign-in.ts';

/** Maximum sign-in attempts per client network, and per link, in a window of `windowMs` (in ms). */
const maxTries = 10;
const windowMs = 60_000;

/** Maximum counters of networks, and of links; both together take about 2 MB. */
const maxCounters = 10_000;

/**
 * Creates a throttle against guessing sign-in links. Each client network and each link has its own counter. There
 * is no total of all clients, because strangers could use it up and lock the admins out. Memory is bounded:
 * beyond the maximum, the least recently used counter is dropped.
 * @param now returns the time in ms
 * @returns a function that counts an attempt from an address with a link, and returns whether it is allowed
 */
export function createThrottle(
  now: () => number = Date.now,
  max = maxCounters,
): (visitor: string, link: string) => boolean {
  const visitors = createCounters(now, max);
  const links = createCounters(now, max);
  return (visitor, link) => visitors(networkOf(visitor)) <= maxTries && links(hashOfKey(link)) <= maxTries;
}

/** Creates counters by key; each window starts with the first count of its key. */
function createCounters(now: () => number, max: number): (key: string) => number {
  // A Map keeps insertion order, so the first key is the least recently used one.
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
 * Returns the network that an address is counted by: an IPv4 address itself, or the first 64 bits of an IPv6
 * address, because one customer usually gets a whole /64 (RFC 6177).
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  if (isIP(bare) !== 6) return address;
  const [head = '', tail] = bare.split('::');
  const groups = head === '' ? [] : head.split(':');
  // `::` stands for at least one group of zeros; groups after the fourth do not matter.
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':');
    const missing = 8 - groups.length - after.length - (tail.includes('.') ? 1 : 0);
    groups.push(...Array<string>(missing).fill('0'), ...after);
  }
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
