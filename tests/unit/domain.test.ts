import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Button, packButton, parseButton, plainActions } from '../../src/domain/button.ts';
import { wishesInCaption } from '../../src/domain/caption.ts';
import { clockTime } from '../../src/domain/clock-time.ts';
import { type Delivery, inOrderOfDelivery } from '../../src/domain/delivery.ts';
import { allDocumentFormats } from '../../src/domain/document.ts';
import { usualChoice } from '../../src/domain/document-choice.ts';
import { engineIds } from '../../src/domain/engine-names.ts';
import { DabirError, errorCodes, isErrorCode, toDabirError } from '../../src/domain/errors.ts';
import { expectedSeconds } from '../../src/domain/expected-time.ts';
import { JobAborted } from '../../src/domain/job-aborted.ts';
import { documentParagraphs, toParagraphs } from '../../src/domain/paragraphs.ts';
import { typedNumber } from '../../src/domain/persian/digits.ts';
import { withSpeakers } from '../../src/domain/speakers.ts';
import { type Segment, transcriptText } from '../../src/domain/transcript.ts';
import { allowedMoves, isAllowedMove, type TranscriptionState } from '../../src/domain/transcription.ts';

test.each([
  ['30', 30],
  ['۳۰', 30],
  ['٣٠', 30],
  [' \u200e۱٬۲۰۰\u200f ', 1200],
  ['1,200', 1200],
  ['12,345', 12_345],
  ['123،456٬789', 123_456_789],
  ['9'.repeat(15), 999_999_999_999_999],
  ['1234,567', null],
  ['1,,200', null],
  ['', null],
  ['-1', null],
  ['1.5', null],
  ['۱٫۵', null],
  ['1e9', null],
  ['0x10', null],
  ['1,2', null],
  ['9'.repeat(16), null],
])('a typed number is parsed: "%s" is %s', (text, number) => expect(typedNumber(text)).toBe(number));

describe('buttons:', () => {
  const buttons: fc.Arbitrary<Button> = fc.oneof(
    fc.record({
      action: fc.constant('engine' as const),
      id: fc.integer({ min: 1, max: 1e14 }),
      engine: fc.constantFrom(...engineIds),
    }),
    fc.record({
      action: fc.constant('format' as const),
      id: fc.integer({ min: 1, max: 1e14 }),
      format: fc.constantFrom(...allDocumentFormats),
    }),
    fc.record({ action: fc.constantFrom(...plainActions), id: fc.integer({ min: 1, max: 1e14 }) }),
  );

  test('property: parsing a packed button returns the same button, and it takes at most 64 bytes', () => {
    fc.assert(
      fc.property(buttons, (button) => {
        expect(parseButton(packButton(button))).toEqual(button);
        expect(Buffer.byteLength(packButton(button))).toBeLessThanOrEqual(64);
      }),
    );
  });

  test('forged callback data does not parse as a button', () => {
    for (const data of [
      '',
      'engine',
      'engine:1',
      'engine:1:nobody',
      'engine:0:local',
      'engine:-1:local',
      'engine:1:srt',
      'format:1',
      'format:1:exe',
      'format:1:local',
      'cancel:1:local',
      'cancel:1:srt',
      'cancel:1e3',
      'cancel:99999999999999999999',
      'drop:1',
      'engine:1:local:x',
      'cancel: 1',
    ]) {
      expect(parseButton(data), data).toBeUndefined();
    }
  });

  test('property: no callback data makes the parser of buttons throw', () => {
    fc.assert(
      fc.property(fc.string(), (data) => void parseButton(data)),
      { numRuns: 1000 },
    );
  });
});

describe('states:', () => {
  test('a final state of a transcription has no further moves, except that a failed file may be retried', () => {
    expect(allowedMoves).toMatchObject({ COMPLETED: [], CANCELLED: [], FAILED: ['PENDING', 'CHOOSING'] });
  });

  test('exactly these moves between states are allowed; only a retry or another engine leads back to choosing', () => {
    const states: TranscriptionState[] = [
      'CHOOSING',
      'PENDING',
      'QUEUED',
      'PROCESSING',
      'COMPLETED',
      'FAILED',
      'CANCELLED',
    ];
    expect(Object.keys(allowedMoves).toSorted()).toEqual(states.toSorted());
    const moves = states.flatMap((from) =>
      states.filter((to) => isAllowedMove(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(moves).toEqual([
      'CHOOSING → PENDING',
      'CHOOSING → COMPLETED',
      'CHOOSING → CANCELLED',
      'PENDING → CHOOSING',
      'PENDING → QUEUED',
      'PENDING → CANCELLED',
      'QUEUED → PROCESSING',
      'QUEUED → CANCELLED',
      'PROCESSING → QUEUED',
      'PROCESSING → COMPLETED',
      'PROCESSING → FAILED',
      'PROCESSING → CANCELLED',
      'FAILED → CHOOSING',
      'FAILED → PENDING',
    ]);
  });
});

describe('errors:', () => {
  test('a DabirError is returned as it is; anything else becomes an internal error that keeps its cause for the log', () => {
    const ours = new DabirError('no_speech', 'nothing heard');
    expect(toDabirError(ours)).toBe(ours);
    const cause = new TypeError('x is not a function');
    expect(toDabirError(cause)).toMatchObject({ code: 'internal', retryable: true, cause });
    expect(toDabirError('a string')).toMatchObject({ code: 'internal', message: 'a string' });
  });

  test('the code of an error decides whether it is retryable, unless the thrower overrides it', () => {
    expect(new DabirError('engine_failed', '').retryable).toBe(errorCodes.engine_failed.retryable);
    expect(new DabirError('engine_failed', '', { retryable: false }).retryable).toBe(false);
    expect(isErrorCode('engine_failed')).toBe(true);
    expect(isErrorCode('toString')).toBe(false);
    expect(isErrorCode(7)).toBe(false);
  });

  test('a full disk has an error code of its own', () => {
    const failure = (code: string) => Object.assign(new Error(code), { code });
    const codesOf = (...thrown: unknown[]) => thrown.map((one) => toDabirError(one).code);
    expect(codesOf(failure('ENOSPC'), failure('EDQUOT'), failure('EFBIG'))).toEqual([
      'disk_full',
      'disk_full',
      'disk_full',
    ]);
    expect(codesOf(failure('EACCES'), { code: 'ENOSPC' }, new Error('ENOSPC'))).toEqual([
      'internal',
      'internal',
      'internal',
    ]);
  });

  test('an aborted job names the reason', () => {
    const aborted = new JobAborted('lost');
    expect([aborted.name, aborted.message, aborted.reason]).toEqual(['JobAborted', 'stopped: lost', 'lost']);
  });

  test('a DabirError keeps the cause, the delay and the details that the thrower adds', () => {
    const plain = new DabirError('engine_failed', 'a message');
    expect([plain.name, plain.message, plain.retryAfterMs, plain.details]).toEqual([
      'DabirError',
      'a message',
      null,
      {},
    ]);
    expect('cause' in plain).toBe(false);
    const cause = new Error('below');
    const rich = new DabirError('engine_failed', 'm', { cause, retryAfterMs: 5, details: { period: 'day' } });
    expect([rich.cause, rich.retryAfterMs, rich.details]).toEqual([cause, 5, { period: 'day' }]);
  });
});

describe('paragraphs:', () => {
  const segment = (start: number, end: number, text: string): Segment => ({
    start,
    end,
    text,
    words: [],
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
  });

  test('a long pause starts a new paragraph', () => {
    expect(toParagraphs([segment(0, 2, ' سلام.'), segment(2.1, 4, 'خوبی؟'), segment(7, 8, 'بله.')])).toEqual([
      'سلام. خوبی؟',
      'بله.',
    ]);
  });

  test('a long paragraph ends after a sentence, or without one when none comes', () => {
    const spoken = Array.from({ length: 40 }, (_, index) =>
      segment(index, index + 1, `${'word '.repeat(20)}end.`),
    );
    const paragraphs = toParagraphs(spoken);
    expect(paragraphs.length).toBeGreaterThan(3);
    for (const paragraph of paragraphs) expect(paragraph.length).toBeLessThan(700);
    const endless = Array.from({ length: 40 }, (_, index) => segment(index, index + 1, 'word '.repeat(20)));
    expect(toParagraphs(endless).length).toBeGreaterThan(2);
  });

  test('a pause of 1.5 s starts a new paragraph, a shorter one does not', () => {
    expect(toParagraphs([segment(0, 1, 'a'), segment(2.49, 3, 'b')])).toEqual(['a b']);
    expect(toParagraphs([segment(0, 1, 'a'), segment(2.5, 3, 'b')])).toEqual(['a', 'b']);
    // A segment without text is no pause and no paragraph.
    expect(toParagraphs([segment(0, 1, 'a'), segment(1, 2, ' '), segment(2, 3, 'b')])).toEqual(['a b']);
  });

  test('a paragraph ends after a sentence from 500 characters on, and anywhere from 1200 on', () => {
    const x = (length: number) => 'x'.repeat(length);
    const lengthsOf = (...texts: string[]) =>
      toParagraphs(texts.map((text, index) => segment(index, index + 1, text))).map(({ length }) => length);
    expect(lengthsOf(`${x(498)}.`, 'y')).toEqual([501]);
    expect(lengthsOf(`${x(499)}.`, 'y', 'z')).toEqual([500, 3]);
    expect(lengthsOf(`${x(498)}.»`, 'y')).toEqual([500, 1]);
    expect(lengthsOf(x(600), 'y')).toEqual([602]);
    expect(lengthsOf(x(249), `${x(248)}.`, 'y')).toEqual([501]);
    expect(lengthsOf(x(249), `${x(249)}.`, 'y')).toEqual([500, 1]);
    expect(lengthsOf(x(1199), 'y', 'z')).toEqual([1201, 1]);
    expect(lengthsOf(x(1200), 'y')).toEqual([1200, 1]);
  });

  test('a segment longer than a paragraph is cut, with a share of its time for each part', () => {
    const long = segment(0, 241, Array.from({ length: 241 }, () => 'abcd').join(' '));
    const timesOf = (spoken: Segment) =>
      documentParagraphs([spoken]).map(({ segments }) =>
        segments.map(({ start, end, text, words }) => [start, end, text.length, words.length]),
      );
    expect(timesOf(long)).toEqual([
      [
        [0, 240, 1199, 0],
        [240, 241, 4, 0],
      ],
    ]);
    const words = Array.from({ length: 241 }, (_, at) => ({
      text: 'abcd',
      start: at,
      end: at + 1,
      probability: null,
    }));
    expect(timesOf({ ...long, words })).toEqual([
      [
        [0, 240, 1199, 240],
        [240, 241, 4, 1],
      ],
    ]);
    // One of exactly 1200 characters is a paragraph.
    const full = segment(0, 240, `${Array.from({ length: 240 }, () => 'abcd').join(' ')}e`);
    expect(timesOf(full)).toEqual([[[0, 240, 1200, 0]]]);
  });

  test('a possible hallucination has a mark before it', () => {
    expect(toParagraphs([segment(0, 1, 'a'), { ...segment(1, 2, ' b'), doubt: 'loop' }])).toEqual([
      'a [?] b',
    ]);
  });

  test('property: no word is lost in paragraphs', () => {
    const segments = fc.array(
      fc.record({ text: fc.string(), gap: fc.double({ min: 0, max: 3, noNaN: true }) }),
    );
    fc.assert(
      fc.property(segments, (spoken) => {
        let at = 0;
        const all = spoken.map(({ text, gap }) => {
          at += gap + 1;
          return segment(at - 1, at, text);
        });
        const words = (text: string) => text.split(/\s+/).filter(Boolean);
        expect(words(toParagraphs(all).join(' '))).toEqual(all.flatMap(({ text }) => words(text)));
      }),
    );
  });
});

test('deliveries are ordered: the text, the files, the final status, then what was asked for later', () => {
  const later: Delivery[] = [
    { kind: 'revision', part: 0, payload: { revision: 1 } },
    { kind: 'clip', part: 0, payload: { word: 'a', start: 0, end: 1 } },
    { kind: 'joined', part: 0, payload: { bundle: 1, what: 'text' } },
    { kind: 'times', part: 0, payload: usualChoice },
  ];
  const sent = inOrderOfDelivery([
    ...later,
    { kind: 'status', part: 0, payload: { kind: 'cancelled' } },
    { kind: 'album', part: 0, payload: { formats: ['txt'] } },
    { kind: 'text', part: 1, payload: { text: 'b' } },
    { kind: 'text', part: 0, payload: { text: 'a' } },
  ]);
  expect(sent.map(({ kind, part }) => `${kind} ${part}`)).toEqual([
    'text 0',
    'text 1',
    'album 0',
    'times 0',
    'joined 0',
    'status 0',
    'clip 0',
    'revision 0',
  ]);
});

test('a caption of nothing but wishes is obeyed, in any order; any other text is a caption', () => {
  const wishes = (caption?: string) => wishesInCaption(caption);
  expect(wishes(' FA ')).toEqual({ language: 'fa', engine: null, formats: [] });
  expect(wishes('vira srt')).toEqual({ language: null, engine: 'vira', formats: ['srt'] });
  expect(wishes('ویرا، docx, en PDF docx')).toEqual({
    language: 'en',
    engine: 'vira',
    formats: ['docx', 'pdf'],
  });
  const nothing = { language: null, engine: null, formats: [] };
  for (const caption of [
    undefined,
    '',
    'in fa please',
    'xx',
    'constructor',
    'fa en',
    'vira eboo',
    'my srt file',
  ])
    expect(wishes(caption), caption).toEqual(nothing);
});

test.each([
  [0, '0:00'],
  [9.99, '0:09'],
  [60, '1:00'],
  [3599, '59:59'],
  [3600, '1:00:00'],
  [36_061, '10:01:01'],
  [-5, '0:00'],
  [Number.NaN, '0:00'],
  [Number.POSITIVE_INFINITY, '0:00'],
])('%s seconds as a time of the clock: %s', (seconds, time) => expect(clockTime(seconds)).toBe(time));

test.each([
  [0, 2],
  [7.1, 10],
  [8, 10],
  [8.1, 15],
  [58, 60],
  [58.1, 90],
  [598, 600],
  [598.1, 660],
])('%s seconds of work are expected to take %s seconds, rounded up', (seconds, expected) => {
  expect(expectedSeconds(seconds, 1)).toBe(expected);
  expect(expectedSeconds(seconds * 10, 0.1)).toBe(expected);
});

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
