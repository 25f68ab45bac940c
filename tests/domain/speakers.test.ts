import { describe, expect, test } from 'vitest';
import {
  listSpeakers,
  mergeSpeakers,
  nameSpeaker,
  offerName,
  separateSpeaker,
  speakerClip,
  speakerNameOf,
  speakerStretches,
  withoutSpeakerNames,
  withSpeakerOf,
  withSpeakers,
} from '../../src/domain/speakers.ts';
import { type Segment, transcriptText } from '../../src/domain/transcript.ts';

const voice = (number: number) => `voice ${number}`;
/** Returns a segment of two seconds for each speaker. */
const talkOf = (...speakers: string[]) =>
  speakers.map((speaker, at) => ({ start: at * 2, end: at * 2 + 2, text: 'a', speaker }) as Segment);
const namesIn = (segments: readonly Segment[]) =>
  withSpeakers(segments, 'shown', voice).map(({ speaker }) => speaker);

test.each([
  ['speaker_1', 'speaker_0', ['voice 1', 'voice 2', 'voice 1']],
  ['A', 'b', ['voice 1', 'voice 2', 'voice 1']],
  ['Speaker 12', '123', ['voice 1', 'voice 2', 'voice 1']],
  ['Sara', 'A', ['Sara', 'voice 1', 'Sara']],
  ['1234', 'AB', ['1234', 'AB', '1234']],
  ['speaker', 'my speaker 1', ['speaker', 'my speaker 1', 'speaker']],
])('engines’ labels of speakers become names: %s and %s', (first, second, names) => {
  const talk = [first, second, first].map((speaker) => ({ text: 'a', speaker }) as Segment);
  expect(namesIn(talk)).toEqual(names);
  for (const segment of withSpeakers(talk, 'hidden', () => '')) expect(segment).toEqual({ text: 'a' });
});

test('a transcript without speakers, or a segment without one, gets none', () => {
  const [silent, spoken] = [{ text: 'a' } as Segment, { text: 'b', speaker: '7' } as Segment];
  expect(withSpeakers([silent, spoken], 'shown', voice)).toEqual([
    { text: 'a' },
    { text: 'b', speaker: 'voice 1' },
  ]);
  const none = [silent];
  expect(withSpeakers(none, 'shown', () => 'x')).toBe(none);
});

describe('a named speaker', () => {
  const talk = talkOf('A', 'B', 'A', 'C');

  test('a named speaker has the name everywhere, and the others keep their numbers', () => {
    expect(namesIn(nameSpeaker(talk, 'A', 'Sara'))).toEqual(['Sara', 'voice 2', 'Sara', 'voice 3']);
    const twice = nameSpeaker(nameSpeaker(talk, 'B', 'Omid'), 'B', 'Reza');
    expect(namesIn(twice)).toEqual(['voice 1', 'Reza', 'voice 1', 'voice 3']);
  });

  test('a name that looks like an engine’s label stays a name', () => {
    expect(namesIn(nameSpeaker(talk, 'C', 'B'))).toEqual(['voice 1', 'voice 2', 'voice 1', 'B']);
  });

  test('a name of a known voice is offered until the speaker is named', () => {
    const offered = offerName(talk, 'B', 'Omid');
    expect(namesIn(offered)[1]).toBe('voice 2');
    expect(listSpeakers(offered, voice)[1]).toMatchObject({ guess: 'Omid', isNamed: false });
    expect(listSpeakers(nameSpeaker(offered, 'B', 'Reza'), voice)[1]).toMatchObject({ guess: null });
  });

  test('names, merging and separating leave no trace in a document’s segments', () => {
    const [first] = withSpeakers(mergeSpeakers(nameSpeaker(talk, 'A', 'Sara'), 'B', 'A'), 'shown', voice);
    expect(first).toEqual({ start: 0, end: 2, text: 'a', speaker: 'Sara' });
  });
});

describe('two speakers that are one', () => {
  const talk = talkOf('A', 'B', 'C', 'B');

  test('two speakers that are one have one name: that of the second, else that of the first', () => {
    expect(namesIn(mergeSpeakers(talk, 'B', 'A'))).toEqual(['voice 1', 'voice 1', 'voice 2', 'voice 1']);
    const both = nameSpeaker(nameSpeaker(talk, 'A', 'Sara'), 'B', 'Omid');
    expect(namesIn(mergeSpeakers(both, 'B', 'A'))).toEqual(['Sara', 'Sara', 'voice 2', 'Sara']);
    const one = nameSpeaker(talk, 'B', 'Omid');
    expect(namesIn(mergeSpeakers(one, 'B', 'A'))).toEqual(['Omid', 'Omid', 'voice 2', 'Omid']);
    expect(namesIn(nameSpeaker(mergeSpeakers(talk, 'B', 'A'), 'A', 'Sara'))).toEqual([
      ...['Sara', 'Sara', 'voice 2', 'Sara'],
    ]);
  });

  test('two speakers that are one can be separated again, also after a third was merged into them', () => {
    const all = mergeSpeakers(mergeSpeakers(talk, 'B', 'A'), 'A', 'C');
    expect(new Set(namesIn(all))).toEqual(new Set(['voice 1']));
    expect(namesIn(separateSpeaker(all, 'B'))).toEqual(['voice 1', 'voice 2', 'voice 1', 'voice 2']);
    expect(separateSpeaker(separateSpeaker(all, 'B'), 'A')).toEqual(talk);
  });

  test('a speaker merged in one direction and then in the other is one speaker', () => {
    const turned = mergeSpeakers(mergeSpeakers(talk, 'B', 'A'), 'A', 'B');
    expect(namesIn(turned)).toEqual(['voice 1', 'voice 1', 'voice 2', 'voice 1']);
  });

  test('the place of a speaker stays the same when others are merged', () => {
    const places = (segments: readonly Segment[]) => listSpeakers(segments, voice).map(({ place }) => place);
    expect(places(talk)).toEqual([0, 1, 2]);
    expect(places(mergeSpeakers(talk, 'A', 'B'))).toEqual([1, 2]);
  });
});

test('a restored segment keeps the speaker as it is now', () => {
  const [before] = talkOf('A');
  const [now] = mergeSpeakers(nameSpeaker(talkOf('A', 'B'), 'B', 'Omid'), 'A', 'B');
  if (before === undefined || now === undefined) throw new Error('no segments');
  expect(withSpeakerOf({ ...before, text: 'old' }, { ...now, text: 'new' })).toEqual({ ...now, text: 'old' });
});

test('a speaker’s length is that of their segments', () => {
  expect(listSpeakers(talkOf('A', 'B', 'A'), voice).map(({ seconds }) => seconds)).toEqual([4, 2]);
});

test.each([
  ['Sara', 'Sara'],
  ['  دکتر   شیرازی ', 'دکتر شیرازی'],
  ['\u202eexe.txt\u2068', 'exe.txt'],
  ['<b>Sara</b> & *Omid*', '<b>Sara</b> & *Omid*'],
  ['Sara\u2028Razavi', 'Sara Razavi'],
  ['x'.repeat(64), 'x'.repeat(64)],
  [`${'😀'.repeat(60)}abcd`, `${'😀'.repeat(60)}abcd`],
  ['x'.repeat(65), null],
  ['Sara\nand Omid', null],
  ['…', null],
  ['   ', null],
])('the name of a speaker is one line with a letter, of 64 characters at most: %j', (text, name) => {
  expect(speakerNameOf(text)).toBe(name);
});

test('a clip plays ten seconds of the longest stretch in which a speaker speaks alone', () => {
  const times = [0, 3, 4, 9, 9.5, 30, 33];
  const speakers = ['A', 'B', 'A', 'A', 'A', 'B', 'A'];
  const talk = speakers.map((speaker, at) => {
    const start = times[at] ?? 0;
    return { start, end: (times[at + 1] ?? 34) - (at === 4 ? 0.5 : 0), text: 'a', speaker } as Segment;
  });
  expect(speakerStretches(talk, 'A')).toEqual([
    { start: 0, end: 3 },
    { start: 4, end: 29.5 },
    { start: 33, end: 34 },
  ]);
  expect(speakerClip(talk, 'A')).toEqual({ start: 4, end: 14 });
  expect(speakerClip(talk, 'B')).toEqual({ start: 30, end: 33 });
  expect(speakerClip(talk, 'C')).toBeNull();
});

test('a passage copied from the chat loses the names that stand before what speakers say', () => {
  const speakers = [{ name: 'Speaker 1' }, { name: 'سارا' }];
  expect(withoutSpeakerNames('\u2068Speaker 1\u2069: hello\n\n\u2068سارا\u2069: سلام', speakers)).toBe(
    'hello\n\nسلام',
  );
  expect(withoutSpeakerNames('Speaker 1: hello', [{ name: 'Speaker 1' }])).toBe('Speaker 1: hello');
  expect(withoutSpeakerNames('He said: hello', speakers)).toBe('He said: hello');
});

test('the text of a transcript is that of its segments, without the white space around them', () => {
  const segments = [' سلام.', '', ' \n', 'خوبی؟ '].map((text) => ({ text }) as Segment);
  expect(transcriptText({ language: null, languageProbability: null, segments })).toBe('سلام. خوبی؟');
});
