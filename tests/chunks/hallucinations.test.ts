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
  ])('is marked as a loop: %s', (_name, text) => {
    expect(hallucinationOf(segment(text))).toBe('loop');
  });

  test('is marked as a loop by its compression ratio when it is long', () => {
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
  ])('is not seen in real speech: %s', (text, more) => {
    expect(hallucinationOf(segment(text, more))).toBeUndefined();
  });

  test('is marked where there is no speech, by the engine’s own figure or by the loudness', () => {
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
