import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanName, fileNameIn, isLink, isVideoSite, readLink } from '../../src/domain/link.ts';

test('a link may be written without its scheme', () => {
  expect(readLink('example.com/a.mp3')?.href).toBe('https://example.com/a.mp3');
  expect(readLink('example.com:8080/a.mp3')?.href).toBe('https://example.com:8080/a.mp3');
  expect(readLink('http://example.com:8080/a.mp3')?.href).toBe('http://example.com:8080/a.mp3');
  expect(readLink('example.com/a:b')?.href).toBe('https://example.com/a:b');
  expect(readLink('HTTP://Example.com/%D8%A7.mp3')?.href).toBe('http://example.com/%D8%A7.mp3');
  for (const text of [
    'ftp://example.com/a',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:,x',
    'http://',
    '',
  ])
    expect(readLink(text)).toBeNull();
});

test('a link has at most 2048 characters', () => {
  const ofLength = (length: number) => 'https://example.com/'.padEnd(length, 'a');
  expect(readLink(ofLength(2048))?.href).toHaveLength(2048);
  expect(readLink(ofLength(2049))).toBeNull();
});

test('an upload with a link as its file id came by a link', () => {
  const ids = ['https://example.com/a', 'http://example.com/a', 'BQACAgQAAxkB', 'my-https://x', 'httpx:'];
  expect(ids.map((fileId) => isLink({ fileId }))).toEqual([true, true, false, false, false]);
});

test('a file name has at most 200 characters, and no white space around it', () => {
  expect(cleanName('x'.repeat(300))).toBe('x'.repeat(200));
  expect(cleanName(' a b\u202e ')).toBe('a b');
  expect(cleanName('a/b\\c.mp3')).toBe('c.mp3');
  for (const name of ['', ' ', 'a/', '\u0007']) expect(cleanName(name)).toBeNull();
  const nameIn = (path: string) => fileNameIn(new URL(`https://example.com/${path}`));
  expect([nameIn('a.b'), nameIn('a.bcdef'), nameIn('a.bcdefg'), nameIn('a.'), nameIn('')]).toEqual([
    'a.b',
    'a.bcdef',
    null,
    null,
    null,
  ]);
});

test('any text parses to a web link or to none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })), (text) => {
      const link = readLink(text);
      if (link !== null) expect(link.protocol).toMatch(/^https?:$/);
    }),
  );
});

test('the file name in a link is a plain name without a path', () => {
  expect(fileNameIn(new URL('https://example.com/radio/%D8%B3%D9%84%D8%A7%D9%85%20%DB%B1.mp3?x=1'))).toBe(
    'سلام ۱.mp3',
  );
  expect(fileNameIn(new URL('https://example.com/watch'))).toBeNull();
  expect(fileNameIn(new URL('https://example.com/..%2f..%2fetc%2fevil.sh'))).toBe('evil.sh');
  expect(fileNameIn(new URL('https://example.com/%ff%fe.mp3'))).toBe('%ff%fe.mp3');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const name = cleanName(text);
      if (name === null) return;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that they are gone is the point
      expect(name).not.toMatch(/[/\\\u0000-\u001f\u202e]/);
      expect(name.length).toBeLessThanOrEqual(200);
    }),
  );
});

test('video sites are recognised by their own host names only', () => {
  for (const host of ['youtu.be', 'www.youtube.com', 'm.youtube.com', 'www.aparat.com', 'x.com'])
    expect(isVideoSite(new URL(`https://${host}/v`))).toBe(true);
  for (const host of ['notyoutube.com', 'youtube.com.example', 'netflix.com'])
    expect(isVideoSite(new URL(`https://${host}/v`))).toBe(false);
});
