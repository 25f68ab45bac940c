import { once } from 'node:events';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import { forEachLine } from '../../src/engines/local/lines.ts';
import { parseEvent, toSegment } from '../../src/engines/local/protocol.ts';

const segment = {
  type: 'segment',
  id: 1,
  start: 0.5,
  end: 2,
  text: ' سلام دنیا ',
  words: [
    { word: ' سلام', start: 0.5, end: 1, probability: 0.9 },
    { word: ' دنیا', start: 1, end: 2, probability: null },
  ],
  avg_logprob: -0.3,
  no_speech_prob: null,
  compression_ratio: 1.2,
} as const;

test('a segment is converted to the domain’s form, without Whisper’s leading spaces', () => {
  const event = parseEvent(JSON.stringify(segment));
  expect(event.type === 'segment' && toSegment(event)).toEqual({
    start: 0.5,
    end: 2,
    text: 'سلام دنیا',
    words: [
      { text: 'سلام', start: 0.5, end: 1, probability: 0.9 },
      { text: 'دنیا', start: 1, end: 2, probability: null },
    ],
    averageLogProbability: -0.3,
    noSpeechProbability: null,
    compressionRatio: 1.2,
  });
});

const readsOrRefuses = (line: string) => {
  try {
    expect(['ready', 'segment', 'done', 'error']).toContain(parseEvent(line).type);
  } catch (error) {
    expect(error).toBeInstanceOf(DabirError);
    expect(error).toMatchObject({ code: 'engine_failed', retryable: true });
    expect((error as Error).message.length).toBeLessThan(300);
  }
};

test('property: any line is an event or a retryable failure of the engine', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), readsOrRefuses));
  fc.assert(fc.property(fc.json(), readsOrRefuses));
});

test('property: an event with an exchanged value or a cut is an event or a retryable failure too', () => {
  const events = [
    segment,
    { type: 'ready' },
    { type: 'done', id: 1, language: 'fa', language_probability: 1 },
  ];
  const exchanged = fc
    .tuple(fc.constantFrom<object>(...events), fc.constantFrom(...Object.keys(segment)), fc.jsonValue())
    .map(([event, key, value]) => JSON.stringify({ ...event, [key]: value }));
  fc.assert(fc.property(exchanged, readsOrRefuses));
  const whole = JSON.stringify(segment);
  fc.assert(fc.property(fc.nat({ max: whole.length }), (length) => readsOrRefuses(whole.slice(0, length))));
});

test("Python's NaN is refused as invalid JSON, not taken for a number", () => {
  expect(() => parseEvent(JSON.stringify(segment).replace('-0.3', 'NaN'))).toThrow(DabirError);
});

test('property: lines are the same however the stream is cut, also inside a character', async () => {
  const lines = fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n]/g, '')));
  const cuts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(lines, cuts, async (expected, lengths) => {
      const bytes = Buffer.from(expected.map((line) => `${line}\n`).join(''));
      const chunks: Buffer[] = [];
      for (let at = 0, index = 0; at < bytes.length; index += 1) {
        const length = lengths[index % lengths.length] ?? 1;
        chunks.push(bytes.subarray(at, at + length));
        at += length;
      }
      expect(await linesOf(Readable.from(chunks, { objectMode: false }), 1_000)).toEqual(expected);
    }),
  );
});

test('a line ends at a line feed only, and is cut where it is too long', async () => {
  const text = `a\u2028b\r\n${'x'.repeat(50)}\nlast\nunfinished`;
  expect(await linesOf(Readable.from([text], { objectMode: false }), 10)).toEqual([
    'a\u2028b',
    'x'.repeat(10),
    'last',
  ]);
});

async function linesOf(stream: Readable, longest: number): Promise<string[]> {
  const seen: string[] = [];
  forEachLine(stream, longest, (line) => seen.push(line));
  await once(stream, 'end');
  return seen;
}
