import { describe, expect, test } from 'vitest';
import { isLoopback } from '../../src/lib/loopback.ts';

describe('a host is this machine', () => {
  test.each(['localhost', '127.0.0.1', '127.9.8.7', '::1', '[::1]', '::ffff:127.0.0.1'])(
    'a host is this machine when it is %s',
    (host) => expect(isLoopback(host)).toBe(true),
  );
  test.each([
    '',
    '0.0.0.0',
    '::',
    '128.0.0.1',
    '127.0.0.1.example.org',
    '127.example.org',
    'localhost.example.org',
    '::ffff:10.0.0.1',
    '[::1',
  ])('the host "%s" is not this machine', (host) => expect(isLoopback(host)).toBe(false));
});
