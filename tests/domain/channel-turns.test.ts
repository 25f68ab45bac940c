import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channelTurns } from '../../src/domain/channel-turns.ts';

const stepSeconds = 0.02;
/** Level of speech, of what leaks to the other side, and of silence, in dB below full scale. */
const [speech, leak, silence] = [20, 40, 75];

/** Returns both channels of ranges in which the left, the right, both or nobody speaks; lengths in seconds. */
function channelsOf(ranges: readonly (readonly ['left' | 'right' | 'both' | 'nobody', number])[]) {
  const [left, right]: [number[], number[]] = [[], []];
  for (const [who, seconds] of ranges)
    for (let step = 0; step < seconds / stepSeconds; step++) {
      left.push(who === 'left' || who === 'both' ? speech : who === 'right' ? leak : silence);
      right.push(who === 'right' || who === 'both' ? speech : who === 'left' ? leak : silence);
    }
  const loudness = (levels: number[]) => ({ levels: Uint8Array.from(levels), stepSeconds });
  return { left: loudness(left), right: loudness(right) };
}

test('a call with a speaker on each channel has a turn for each stretch, also where both speak', () => {
  const turns = channelTurns(
    channelsOf([
      ['left', 5],
      ['nobody', 2],
      ['right', 4],
      ['both', 1],
      ['left', 3],
    ]),
  );
  const rounded = turns?.map(({ start, end, speaker }) => [Math.round(start), Math.round(end), speaker]);
  expect(rounded).toEqual([
    [0, 5, 0],
    [7, 12, 1],
    [11, 15, 0],
  ]);
});

test.each([
  ['one microphone on both channels', [['both', 30]]],
  ['a silent channel', [['left', 30]]],
  [
    'a channel with one cough',
    [
      ['left', 30],
      ['right', 0.5],
    ],
  ],
  [
    'music, with a moment on each side',
    [
      ['both', 20],
      ['left', 4],
      ['right', 4],
    ],
  ],
  ['silence', [['nobody', 30]]],
] as const)('%s is no call', (_name, ranges) => {
  expect(channelTurns(channelsOf(ranges))).toBeNull();
});

test('property: turns are ordered, lie within the recording, and each speaks on its own channel', () => {
  const range = fc.tuple(fc.constantFrom('left', 'right', 'both', 'nobody'), fc.integer({ min: 1, max: 6 }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 8 }), (ranges) => {
      const turns = channelTurns(channelsOf(ranges)) ?? [];
      const total = ranges.reduce((sum, [, seconds]) => sum + seconds, 0);
      expect(turns.map(({ start }) => start)).toEqual(
        turns.map(({ start }) => start).toSorted((a, b) => a - b),
      );
      for (const { start, end, speaker } of turns) {
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(total + 1e-6);
        let at = 0;
        const own = ranges.some(([who, seconds]) => {
          at += seconds;
          const isOwn = who === 'both' || who === (speaker === 0 ? 'left' : 'right');
          return isOwn && at > start && at - seconds < end;
        });
        expect(own).toBe(true);
      }
    }),
  );
});
