import { expect, test } from 'vitest';
import { endOfText, maxLiveLength } from '../../src/domain/live-text.ts';

test('a short text stays as it is, on one line', () => {
  expect(endOfText(' Hello\u2028 and\n welcome. ')).toBe('Hello and welcome.');
});

test('of a long text the end stays, from the beginning of a word on', () => {
  const words = Array.from({ length: 400 }, (_, index) => `word${index}`).join(' ');
  const end = endOfText(words);
  expect(end).toMatch(/^\u200e… word\d+ .*word399$/u);
  expect(end.length).toBeLessThanOrEqual(maxLiveLength + 3);
  expect(end.length).toBeGreaterThan(maxLiveLength - 10);
});

test('a Persian text stays right-to-left where its first word left is a Latin one', () => {
  expect(endOfText('امروز دربارهٔ Telegram حرف زدیم', 20)).toBe('\u200f… Telegram حرف زدیم');
});

test('a Latin text stays left-to-right where its first word left is a Persian one', () => {
  expect(endOfText('They say سلام for a hello', 20)).toBe('\u200e… سلام for a hello');
});

test('no control of another direction is left open by the cut', () => {
  expect(endOfText('one \u2067two three\u2069 four', 12)).toBe('\u200e… three four');
});

test('a text without spaces is cut between graphemes', () => {
  const family = '👨‍👩‍👧‍👦';
  expect(endOfText(family.repeat(20), 30)).toBe(`\u200e… ${family.repeat(2)}`);
  expect(endOfText('字'.repeat(100), 10)).toBe(`\u200e… ${'字'.repeat(10)}`);
});

test('a long text of marks and halves of surrogate pairs is cut in a moment', () => {
  for (const hostile of ['\u0301', '\ud83d', '\u2067', ' ']) {
    const end = endOfText(hostile.repeat(1_000_000));
    expect(end.length).toBeLessThanOrEqual(maxLiveLength + 3);
    expect(end.isWellFormed()).toBe(true);
  }
});
