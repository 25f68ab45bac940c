import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGuardedLookup, RefusedAddress } from '../../../src/features/links/address/guarded-lookup.ts';
import { isPublicAddress } from '../../../src/features/links/address/public-address.ts';
import { publicWeb, refusalOf } from '../../../src/features/links/address/rules.ts';

describe('addresses:', () => {
  test.each(['93.184.215.14', '8.8.8.8', '185.143.233.120', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])(
    'the address %s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    ['this machine', '127.0.0.1'],
    ['this machine', '127.255.255.254'],
    ['this machine', '0.0.0.0'],
    ['this machine', '::1'],
    ['this machine', '::'],
    ['a private network', '10.0.0.1'],
    ['a private network', '172.16.0.1'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.1'],
    ['a private network', 'fd12:3456::1'],
    ['a private network', 'fec0::1'],
    ['the cloud’s metadata', '169.254.169.254'],
    ['the cloud’s metadata', 'fd00:ec2::254'],
    ['the cloud’s metadata', '100.100.100.200'],
    ['the cloud’s metadata', '168.63.129.16'],
    ['the cloud’s metadata', '192.0.0.192'],
    ['link-local', 'fe80::1'],
    ['shared by a carrier', '100.64.0.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['for documentation', '203.0.113.7'],
    ['for documentation', '2001:db8::1'],
    ['for benchmarks', '198.18.0.1'],
    ['IPv4 mapped', '::ffff:127.0.0.1'],
    ['IPv4 mapped', '::ffff:8.8.8.8'],
    ['IPv4 translated', '::ffff:0:127.0.0.1'],
    ['IPv4 compatible', '::127.0.0.1'],
    ['6to4', '2002:7f00:1::'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64', '64:ff9b:1::7f00:1'],
    ['Teredo', '2001:0:7f00:1::'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('the address %s is not public: %s', (_what, address) => expect(isPublicAddress(address)).toBe(false));

  const byte = fc.integer({ min: 0, max: 255 });
  const inside = fc.oneof(
    fc.tuple(fc.constant(127), byte, byte, byte),
    fc.tuple(fc.constant(10), byte, byte, byte),
    fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
    fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
    fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte, byte),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
  );

  test('property: a link to an internal address is refused in every notation', () => {
    const notations = fc.constantFrom(
      (bytes: number[]) => bytes.join('.'),
      (bytes: number[]) => String(bytes.reduce((number, one) => number * 256 + one, 0)),
      (bytes: number[]) => `0x${bytes.map((one) => one.toString(16).padStart(2, '0')).join('')}`,
      (bytes: number[]) => bytes.map((one) => `0${one.toString(8)}`).join('.'),
      ([a, b, c = 0, d = 0]: number[]) => `${a}.${b}.${c * 256 + d}`,
      (bytes: number[]) => `[::ffff:${bytes.join('.')}]`,
      (bytes: number[]) => `${bytes.join('.')}.`,
      (bytes: number[]) => bytes.join('。'),
    );
    fc.assert(
      fc.property(inside, notations, fc.constantFrom('http', 'https'), (bytes, write, scheme) => {
        const url = new URL(`${scheme}://${write([...bytes])}/a.mp3`);
        expect(refusalOf(url, publicWeb)).toBe('private');
      }),
    );
  });
});

test.each([
  ['https://example.com/a.mp3', null],
  ['http://example.com:80/a.mp3', null],
  ['https://example.com:443/a.mp3', null],
  ['http://example.com:443/a.mp3', null],
  ['http://example.com:22/', 'private'],
  ['https://example.com:8080/a.mp3', 'private'],
  ['ftp://example.com/a.mp3', 'private'],
  ['https://sara:secret@example.com/a.mp3', 'password'],
  ['https://sara@example.com/a.mp3', 'password'],
])('the link %s is judged by the rules for the public web: %s', (link, refusal) =>
  expect(refusalOf(new URL(link), publicWeb)).toBe(refusal),
);

/**
 * Notations of internal addresses that have fooled checks: number formats, Unicode digits, odd separators,
 * ranges.
 */
test.each([
  'http://127.1/',
  'http://0/',
  'http://0x7f.1/',
  'http://017700000001/',
  'http://00000000000000000177.0.0.1/',
  'http://①②⑦.⓪.⓪.①/',
  'http://𝟏𝟐𝟕.0.0.1/',
  'http://127。0。0。1/',
  'http:///127.0.0.1/',
  'http:127.0.0.1/',
  'http://127.0.0.1\\@example.com/',
  'http://2852039166/latest/meta-data',
  'http://169.254.43518/latest/meta-data',
  'http://[0:0:0:0:0:ffff:a9fe:a9fe]/latest/meta-data',
  'http://[64:ff9b::a9fe:a9fe]/latest/meta-data',
  'http://[2002:a9fe:a9fe::1]/latest/meta-data',
  'http://[::]:80/',
  'http://[2001:20::1]/',
  'http://[3fff::1]/',
  'http://192.88.99.1/',
])('a link to %s is refused', (link) => expect(refusalOf(new URL(link), publicWeb)).toBe('private'));

describe('host names:', () => {
  const lookUp = (name: string, addresses?: readonly string[]) => {
    const resolve = async () => (addresses ?? []).map((address) => ({ address, family: isIP(address) }));
    const look = createGuardedLookup(addresses === undefined ? publicWeb : { ...publicWeb, resolve });
    return new Promise((done) => look(name, { all: true }, (error, found) => done(error ?? found)));
  };

  test.each<[string, string[] | undefined]>([
    ['localhost', undefined],
    ['rebinding.example', ['93.184.215.14', '127.0.0.1']],
    ['rebinding.example', ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::1']],
    ['metadata.example', ['169.254.169.254']],
    ['mapped.example', ['::ffff:10.0.0.1']],
    ['nowhere.example', []],
  ])('the host name %s with the addresses %j is refused', async (name, addresses) => {
    expect(await lookUp(name, addresses)).toBeInstanceOf(RefusedAddress);
  });

  test('a host name with a public address is accepted', async () => {
    expect(await lookUp('example.com', ['93.184.215.14'])).toEqual([{ address: '93.184.215.14', family: 4 }]);
  });
});
