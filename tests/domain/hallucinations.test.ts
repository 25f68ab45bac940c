import { describe, expect, test } from 'vitest';
import { flagHallucinations } from '../../src/domain/hallucinations.ts';
import type { Loudness } from '../../src/domain/loudness.ts';
import type { Segment } from '../../src/domain/transcript.ts';

const segment = (text: string, more: Partial<Segment> = {}): Segment => ({
  start: 0,
  end: 2,
  text,
  words: [],
  averageLogProbability: null,
  noSpeechProbability: null,
  compressionRatio: null,
  ...more,
});
const hallucinationOf = (one: Segment, loudness: Loudness | null = null) =>
  flagHallucinations([one], loudness)[0]?.hallucination;

describe('a possible hallucination', () => {
  test.each([
    ['a word again and again', 'ممنون '.repeat(12)],
    ['a phrase again and again', 'thanks for watching, '.repeat(6)],
    ['a phrase that comes after something true', `We begin. ${'ladies and gentlemen '.repeat(8)}`],
  ])('a possible hallucination is marked as a loop: %s', (_name, text) => {
    expect(hallucinationOf(segment(text))).toBe('loop');
  });

  test('a possible hallucination is marked as a loop by its compression ratio when it is long', () => {
    // No phrase comes twice in a row.
    const text = Array.from({ length: 40 }, (_, index) => `word${(index * index) % 9}`).join(' ');
    expect(hallucinationOf(segment(text, { compressionRatio: 3 }))).toBe('loop');
  });

  test.each([
    ['yes, yes, yes, yes!', {}],
    ['نه نه نه نه نه نه', {}],
    ['la la la la', { compressionRatio: 3 }],
    ['This is one. This is two. This is three. This is four. This is five.', { compressionRatio: 3 }],
    ['Row, row, row your boat, gently down the stream. Merrily, merrily, merrily, merrily.', {}],
    ['', {}],
  ])('a possible hallucination is not seen in real speech: %s', (text, more) => {
    expect(hallucinationOf(segment(text, more))).toBeUndefined();
  });

  test('a possible hallucination is a phrase of one to eight words, said five times in a row, in ten words and more than half of the text', () => {
    const phrase = (length: number) => Array.from({ length }, (_, index) => `w${index}`).join(' ');
    const isLoop = (text: string) => hallucinationOf(segment(text)) === 'loop';
    const said = (text: string, times: number) => Array.from({ length: times }, () => text).join(' ');
    expect([9, 10].map((times) => isLoop(said('no', times)))).toEqual([false, true]);
    expect([4, 5].map((times) => isLoop(said(phrase(2), times)))).toEqual([false, true]);
    expect([4, 5].map((times) => isLoop(said(phrase(8), times)))).toEqual([false, true]);
    expect(isLoop(said(phrase(9), 5))).toBe(false);
    expect([9, 10].map((others) => isLoop(`${said('no', 10)} ${phrase(others)}`))).toEqual([true, false]);
    // Dashes are no words that are repeated.
    expect(isLoop(said('–', 30))).toBe(false);
  });

  test('a possible hallucination is marked by its compression ratio from 2.4 and twelve words on, of which less than a quarter differ', () => {
    const found = (text: string, compressionRatio: number | null) =>
      hallucinationOf(segment(text, { compressionRatio }));
    const twelve = 'a b a a b b a b b b a a';
    expect(found(twelve, 2.41)).toBe('loop');
    expect(found(twelve, 2.4)).toBeUndefined();
    expect(found(twelve, null)).toBeUndefined();
    expect(found(twelve.slice(2), 9)).toBeUndefined();
    expect(found(twelve.replace('a', 'c'), 9)).toBeUndefined();
    // Case and punctuation make no difference.
    expect(found(twelve.replace('a', 'A!'), 9)).toBe('loop');
  });

  test('a possible hallucination needs both of the engine’s figures to be marked as silence', () => {
    const found = (noSpeechProbability: number | null, averageLogProbability: number | null) =>
      hallucinationOf(segment('Thanks!', { noSpeechProbability, averageLogProbability }));
    expect(found(0.61, -1.01)).toBe('silence');
    expect(found(0.6, -1.01)).toBeUndefined();
    expect(found(0.61, -1)).toBeUndefined();
    expect(found(null, -2)).toBeUndefined();
    expect(found(0.9, null)).toBeUndefined();
  });

  test('a possible hallucination is not seen in a segment without text, and other segments stay as they are', () => {
    const silence = { levels: new Uint8Array(200).fill(90, 0, 150).fill(25, 150), stepSeconds: 0.02 };
    expect([hallucinationOf(segment(' '), silence), hallucinationOf(segment('a'), silence)]).toEqual([
      undefined,
      'silence',
    ]);
    const good = segment('a sentence');
    expect(flagHallucinations([good], null)[0]).toBe(good);
  });

  test('a possible hallucination is marked where there is no speech, by the engine’s own figure or by the loudness', () => {
    const text = 'Thanks for watching!';
    expect(hallucinationOf(segment(text, { noSpeechProbability: 0.9, averageLogProbability: -1.4 }))).toBe(
      'silence',
    );
    expect(
      hallucinationOf(segment(text, { noSpeechProbability: 0.9, averageLogProbability: -0.2 })),
    ).toBeUndefined();
    const levels = new Uint8Array(200).fill(90, 0, 150).fill(25, 150);
    expect(hallucinationOf(segment(text), { levels, stepSeconds: 0.02 })).toBe('silence');
    expect(
      hallucinationOf(segment(text, { start: 2, end: 4 }), { levels, stepSeconds: 0.02 }),
    ).toBeUndefined();
  });
});
