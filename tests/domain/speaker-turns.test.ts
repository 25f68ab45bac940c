import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignSpeakers, type SpeakerTurn } from '../../src/domain/speaker-turns.ts';
import type { Segment } from '../../src/domain/transcript.ts';

/** Returns a segment of words that take a second each, from a moment on. */
function said(text: string, start: number): Segment {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    start: start + index,
    end: start + index + 1,
    probability: null,
  }));
  return { ...untimed(text, start, start + words.length), words };
}

function untimed(text: string, start: number, end: number): Segment {
  return {
    start,
    end,
    text,
    words: [],
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
  };
}

const turn = (start: number, end: number, speaker: number): SpeakerTurn => ({ start, end, speaker });
const spoken = (segments: readonly Segment[]) => segments.map(({ speaker, text }) => [speaker, text]);

test('a segment is cut where the speaker changes, and each part has its own times and words', () => {
  const parts = assignSpeakers([said('Who is it? It is me.', 10)], [turn(10, 13, 0), turn(13, 16, 1)]);
  expect(spoken(parts)).toEqual([
    ['speaker_0', 'Who is it?'],
    ['speaker_1', 'It is me.'],
  ]);
  expect(parts.map(({ start, end, words }) => [start, end, words.length])).toEqual([
    [10, 13, 3],
    [13, 16, 3],
  ]);
});

test('words between two turns go to the nearer one', () => {
  const parts = assignSpeakers([said('a b c d', 0)], [turn(0, 1.2, 0), turn(3.2, 9, 1)]);
  expect(spoken(parts)).toEqual([
    ['speaker_0', 'a b'],
    ['speaker_1', 'c d'],
  ]);
});

test('where two speak at once, the words stay with the one who was speaking', () => {
  const parts = assignSpeakers([said('a b c d e', 0)], [turn(0, 3, 1), turn(1, 5, 0)]);
  expect(spoken(parts)).toEqual([
    ['speaker_1', 'a b c'],
    ['speaker_0', 'd e'],
  ]);
});

test('a segment without word times has a speaker only if one has nearly all of it', () => {
  const segments = [untimed('one speaks', 0, 10), untimed('two speak', 10, 20)];
  const parts = assignSpeakers(segments, [turn(0, 9, 0), turn(9, 10, 1), turn(10, 14, 0), turn(14, 20, 1)]);
  expect(spoken(parts)).toEqual([
    ['speaker_0', 'one speaks'],
    [undefined, 'two speak'],
  ]);
});

test('with one speaker, or none, nothing changes', () => {
  const segments = [said('a b', 0)];
  expect(assignSpeakers(segments, [turn(0, 1, 0), turn(1, 2, 0)])).toEqual(segments);
  expect(assignSpeakers(segments, [])).toEqual(segments);
});

const moments = fc.integer({ min: 0, max: 400 }).map((tenths) => tenths / 10);
const anyTurn = fc
  .tuple(moments, fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 3 }))
  .map(([start, tenths, speaker]) => turn(start, start + tenths / 10, speaker));
const anyTurns = fc
  .array(anyTurn, { maxLength: 12 })
  .map((turns) => turns.toSorted((a, b) => a.start - b.start));
const anySegment = fc
  .tuple(
    fc.array(fc.constantFrom('na', 'بله', 'a', 'aa', 'na.'), { minLength: 1, maxLength: 12 }),
    moments,
    fc.constantFrom(' ', '  ', ' – '),
  )
  .map(([words, start, space]) => ({ ...said(words.join(' '), start), text: words.join(space) }));

test('property: words keep their text, order and times, and every part is of one speaker', () => {
  fc.assert(
    fc.property(fc.array(anySegment, { maxLength: 6 }), anyTurns, (segments, turns) => {
      const parts = assignSpeakers(segments, turns);
      expect(parts.flatMap(({ words }) => words)).toEqual(segments.flatMap(({ words }) => words));
      const letters = (list: readonly Segment[]) =>
        list
          .map(({ text }) => text)
          .join('')
          .replaceAll(' ', '');
      expect(letters(parts)).toBe(letters(segments));
      const known = new Set(turns.map(({ speaker }) => `speaker_${speaker}`));
      for (const { speaker } of parts) if (speaker !== undefined) expect(known).toContain(speaker);
      for (const { start, end, words } of parts) {
        expect(start).toBeLessThanOrEqual(words[0]?.start ?? start);
        expect(end).toBeGreaterThanOrEqual(words.at(-1)?.end ?? end);
      }
    }),
  );
});

test('property: a word that lies in the turns of one speaker only is theirs', () => {
  fc.assert(
    fc.property(anySegment, anyTurns, (segment, turns) => {
      if (new Set(turns.map(({ speaker }) => speaker)).size < 2) return;
      for (const { words, speaker } of assignSpeakers([segment], turns))
        for (const word of words) {
          const around = turns.filter(({ start, end }) => start < word.end && end > word.start);
          const speakers = new Set(around.map((other) => `speaker_${other.speaker}`));
          if (speakers.size > 0) expect(speakers).toContain(speaker);
        }
    }),
  );
});
