import { describe, expect, test } from 'vitest';
import { createThrottle, networkOf } from '../../src/admin/throttle.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['2001:0db8:0:0:1::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ['::1:2:3:4:192.0.2.7', '0:0:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('sign-in attempts from the address "%s" are counted as from %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe('sign-in attempts', () => {
  const tries = (mayTry: (visitor: string, link: string) => boolean, count: number, visitor: string) =>
    Array.from({ length: count }, (_, index) => mayTry(visitor, `${visitor} guess ${index}`));

  test('sign-in attempts are limited to ten a minute for a visitor, from all addresses of a network together', () => {
    let now = 0;
    const mayTry = createThrottle(() => now);
    expect(tries(mayTry, 12, '192.0.2.1')).toEqual([...Array(10).fill(true), false, false]);
    for (let host = 1; host <= 10; host += 1) expect(mayTry(`2001:db8::${host}`, `${host}`)).toBe(true);
    expect(mayTry('2001:db8::ffff', 'another')).toBe(false);
    expect(mayTry('2001:db8:0:1::1', 'another')).toBe(true);
    now = 60_000;
    expect(mayTry('192.0.2.1', 'later')).toBe(true);
  });

  test('sign-in attempts are limited to ten a minute for a link, from any visitor', () => {
    const mayTry = createThrottle(() => 0);
    const answers = Array.from({ length: 12 }, (_, index) => mayTry(`192.0.2.${index}`, 'one link'));
    expect(answers).toEqual([...Array(10).fill(true), false, false]);
    expect(mayTry('192.0.2.1', 'another link')).toBe(true);
  });

  test('sign-in attempts are counted in a bounded number of counters; the least recently used is dropped', () => {
    const mayTry = createThrottle(() => 0, 3);
    tries(mayTry, 10, '192.0.2.1');
    expect(mayTry('192.0.2.1', 'one more')).toBe(false);
    mayTry('192.0.2.2', 'a');
    // Used again in between, so it stays.
    expect(mayTry('192.0.2.1', 'b')).toBe(false);
    mayTry('192.0.2.3', 'c');
    mayTry('192.0.2.4', 'd');
    expect(mayTry('192.0.2.1', 'e')).toBe(false);
    for (const visitor of ['192.0.2.5', '192.0.2.6', '192.0.2.7']) mayTry(visitor, visitor);
    expect(mayTry('192.0.2.1', 'f')).toBe(true);
  });
});
