import { expect, test } from 'vitest';
import { createLiveText } from '../../../src/app/transcribe/live-text.ts';
import type { Segment } from '../../../src/domain/transcript.ts';

const chunks = [0, 10, 20].map((start) => ({ start, end: start + 10 }));
const [first, second, third] = chunks as [
  { start: number; end: number },
  (typeof chunks)[0],
  (typeof chunks)[0],
];
const says = (text: string, more: Partial<Segment> = {}) => ({ segments: [{ text, ...more } as Segment] });

test('what is recognised of a chunk follows the chunks before it', () => {
  const live = createLiveText(chunks, []);
  live.set(first, 'Hello');
  expect(live.text()).toBe('Hello');
  live.finish(first, says('Hello there.'));
  live.set(second, 'And');
  expect(live.text()).toBe('Hello there. And');
});

test('a chunk that ends early waits for those before it', () => {
  const live = createLiveText(chunks, []);
  live.finish(first, says('one'));
  live.finish(third, says('three'));
  expect(live.text()).toBe('one');
  live.finish(second, says('two'));
  expect(live.text()).toBe('one two three');
});

test('chunks of an earlier attempt count', () => {
  const live = createLiveText([second], [{ ...first, transcript: says('one') }]);
  expect(live.text()).toBe('one');
  live.set(second, 'two');
  expect(live.text()).toBe('one two');
});

test('a second attempt at a chunk replaces its text, and a possible hallucination is left out', () => {
  const live = createLiveText([first], []);
  live.set(first, 'thank you thank you thank you');
  live.set(first, 'What was');
  expect(live.text()).toBe('What was');
  live.finish(first, {
    segments: [...says('What was said.').segments, ...says('Thanks!', { hallucination: 'silence' }).segments],
  });
  expect(live.text()).toBe('What was said.');
});

test('the end of a long text is kept, and not all of it', () => {
  const many = Array.from({ length: 1_000 }, (_, start) => ({ start, end: start + 1 }));
  const live = createLiveText(many, []);
  for (const chunk of many) live.finish(chunk, says(`word${chunk.start} `.repeat(100)));
  expect(live.text()).toMatch(/word999$/u);
  expect(live.text().length).toBeLessThan(5_000);
});
