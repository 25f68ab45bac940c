import { expect, test } from 'vitest';
import { recogniseVoices, type Voice, voiceSimilarity } from '../../src/domain/voice-match.ts';

/** Returns a voice that is as similar to `[1, 0, 0]` as this, and differs from it in one direction. */
const similar = (similarity: number, direction: 1 | 2 = 1): Voice => {
  const rest = Math.sqrt(1 - similarity ** 2);
  return direction === 1 ? [similarity, rest, 0] : [similarity, 0, rest];
};
const sara = { name: 'Sara', voice: [1, 0, 0] };

test('the similarity of voices is the cosine of their angle', () => {
  expect(voiceSimilarity([1, 0], [1, 0])).toBe(1);
  expect(voiceSimilarity([2, 0], [0, 3])).toBe(0);
  expect(voiceSimilarity([1, 0, 0], similar(0.6))).toBeCloseTo(0.6);
  expect(voiceSimilarity([0, 0], [1, 0])).toBe(0);
});

test('a very similar voice has the name, a similar one is offered it, and another one is neither', () => {
  const answer = (similarity: number) => recogniseVoices(new Map([[0, similar(similarity)]]), [sara]).get(0);
  expect(answer(0.95)).toEqual({ name: 'Sara', isCertain: true });
  expect(answer(0.62)).toEqual({ name: 'Sara', isCertain: false });
  expect(answer(0.3)).toBeUndefined();
});

test('of two known voices that are nearly as similar, the nearer one is only offered', () => {
  const omid = { name: 'Omid', voice: similar(0.95) };
  const known = [sara, omid];
  expect(recogniseVoices(new Map([[0, [1, 0.05, 0]]]), known).get(0)).toEqual({
    name: 'Sara',
    isCertain: false,
  });
});

test('a name goes to one speaker only, the most similar one', () => {
  const speakers = new Map([
    [0, similar(0.75, 1)],
    [1, similar(0.97, 2)],
  ]);
  expect(recogniseVoices(speakers, [sara])).toEqual(new Map([[1, { name: 'Sara', isCertain: true }]]));
});

test('several speakers are recognised at once', () => {
  const omid = { name: 'Omid', voice: [0, 0, 1] };
  const speakers = new Map<number, Voice>([
    [0, [0, 0.1, 1]],
    [1, [1, 0.1, 0]],
    [2, [0, 1, 0]],
  ]);
  expect(recogniseVoices(speakers, [sara, omid])).toEqual(
    new Map([
      [0, { name: 'Omid', isCertain: true }],
      [1, { name: 'Sara', isCertain: true }],
    ]),
  );
});
