import { expect, test } from 'vitest';
import { withSpeakers } from '../../src/domain/speakers.ts';
import { type Segment, transcriptText } from '../../src/domain/transcript.ts';

test.each([
  ['speaker_1', 'speaker_0', ['voice 1', 'voice 2', 'voice 1']],
  ['A', 'b', ['voice 1', 'voice 2', 'voice 1']],
  ['Speaker 12', '123', ['voice 1', 'voice 2', 'voice 1']],
  ['Sara', 'A', ['Sara', 'voice 1', 'Sara']],
  ['1234', 'AB', ['1234', 'AB', '1234']],
  ['speaker', 'my speaker 1', ['speaker', 'my speaker 1', 'speaker']],
])('engines’ labels of speakers become names: %s and %s', (first, second, names) => {
  const talk = [first, second, first].map((speaker) => ({ text: 'a', speaker }) as Segment);
  expect(withSpeakers(talk, 'shown', (number) => `voice ${number}`).map(({ speaker }) => speaker)).toEqual(
    names,
  );
  for (const segment of withSpeakers(talk, 'hidden', () => '')) expect(segment).toEqual({ text: 'a' });
});

test('a transcript without speakers, or a segment without one, gets none', () => {
  const [silent, spoken] = [{ text: 'a' } as Segment, { text: 'b', speaker: '7' } as Segment];
  expect(withSpeakers([silent, spoken], 'shown', (number) => `voice ${number}`)).toEqual([
    { text: 'a' },
    { text: 'b', speaker: 'voice 1' },
  ]);
  const none = [silent];
  expect(withSpeakers(none, 'shown', () => 'x')).toBe(none);
});

test('the text of a transcript is that of its segments, without the white space around them', () => {
  const segments = [' سلام.', '', ' \n', 'خوبی؟ '].map((text) => ({ text }) as Segment);
  expect(transcriptText({ language: null, languageProbability: null, segments })).toBe('سلام. خوبی؟');
});
