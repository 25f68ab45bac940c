import fc from 'fast-check';
import { expect, test } from 'vitest';
import { titleInName, titleInText } from '../../src/domain/file-title.ts';

test.each([
  ['talk about trains.mp3', 'talk about trains'],
  ['ضبط جلسه.m4a', 'ضبط جلسه'],
  ['AUD-20261130-WA0007.opus', null],
  ['voice_2026-11-30_08-21.ogg', null],
  ['audio.mp3', null],
  ['Recording (3).m4a', null],
  ['20261130_082100.mp4', null],
  ['ضبط ۱۲.m4a', null],
  ['.mp3', null],
  [null, null],
])('the title of the file “%s” is %s', (name, title) => {
  expect(titleInName(name)).toBe(title);
});

test.each([
  ['hello my dear old friends, how are you?', 'hello my dear old friends, how'],
  ['Good morning everybody. Today we talk about trains.', 'Good morning everybody'],
  ['«سلام»، حال شما چطور است؟ من خوبم.', 'سلام»، حال شما چطور است'],
  ['See you at nine tomorrow, in front of the library.', 'See you at nine tomorrow'],
  ['سلام، فردا ساعت نه جلوی کتابخانهٔ شهر منتظرت هستم.', 'سلام، فردا ساعت نه جلوی'],
  ['Yes. No. Perhaps.', 'Yes. No. Perhaps'],
  [
    'supercalifragilisticexpialidociousandevenmorelettersthanthat',
    'supercalifragilisticexpialidociousandevenmorelet',
  ],
  ['東京は日本の首都です。', '東京は日本の首都です'],
  ['…', null],
  ['', null],
])('the title in the text “%s” is %s', (text, title) => {
  expect(titleInText(text)).toBe(title);
});

test('property: a title in a text is short, and has a letter or a digit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
      const title = titleInText(text);
      if (title === null) return;
      expect(title.length).toBeLessThanOrEqual(48);
      expect(title).toMatch(/[\p{L}\p{N}]/u);
    }),
  );
});
