import { expect, test } from 'vitest';
import { type SegmentEvent, toSegment } from '../../src/engines/local/protocol.ts';
import { SegmentCollector } from '../../src/engines/local/segment-collector.ts';

/** Returns a segment event with words of half a second each. */
function event(start: number, text: string, unwritten?: string): SegmentEvent {
  const words = text.split(' ').map((word, at) => ({
    word: ` ${word}`,
    start: start + at / 2,
    end: start + at / 2 + 0.4,
    probability: 0.9,
  }));
  return {
    type: 'segment',
    id: 1,
    start,
    end: words.at(-1)?.end ?? start,
    text: ` ${text}`,
    words,
    avg_logprob: -0.1,
    no_speech_prob: 0.01,
    compression_ratio: 1.1,
    ...(unwritten === undefined ? {} : { unwritten }),
  };
}

const collect = (...events: readonly SegmentEvent[]) => {
  const collector = new SegmentCollector();
  for (const each of events) collector.add(each);
  return collector.segments();
};

test('segments of Whisper stay as they are, also those with spoken numbers and without half-spaces', () => {
  const whisper = [event(0, 'بیست و پنج درصد می روند'), event(5, 'چرا رفت')];
  expect(collect(...whisper)).toEqual(whisper.map(toSegment));
});

test('words of a model of its own become sentences, across the parts that it was given', () => {
  const segments = collect(
    event(0, 'او می', 'fa'),
    event(1, 'رود بیست و پنج', 'fa'),
    event(3.5, 'درصد ماند', 'fa'),
  );
  expect(segments.map(({ text }) => text)).toEqual(['او می‌رود ۲۵٪ ماند.']);
  expect(segments[0]).toMatchObject({
    start: 0,
    end: 4.4,
    noSpeechProbability: null,
    compressionRatio: null,
  });
});

test('each stretch of a recording in two languages is written in its own way, in order', () => {
  const english = event(10, 'and then he said');
  const segments = collect(
    event(0, 'سلام', 'fa'),
    english,
    event(20, 'کتاب ها', 'fa'),
    event(30, 'sax be', 'ckb'),
  );
  expect(segments.map(({ text }) => text)).toEqual(['سلام.', 'and then he said', 'کتاب‌ها.', 'sax be']);
  expect(segments[1]).toEqual(toSegment(english));
});
