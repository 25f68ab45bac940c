import { expect, test } from 'vitest';
import { parseSrt } from '../../src/engines/parse-srt.ts';

test('subtitles become segments, with lines joined and numbers left out', () => {
  const text =
    '1\r\n00:00:01,500 --> 00:00:02,000\r\nسلام\r\nدنیا.\r\n\r\n2\r\n01:02:03,004 --> 01:02:04.5\r\n42\r\n';
  expect(parseSrt(text)).toMatchObject([
    { start: 1.5, end: 2, text: 'سلام دنیا.' },
    { start: 3723.004, end: 3724.5, text: '42' },
  ]);
});

test('a cue without text gives no segment, and text without a cue is no subtitles', () => {
  expect(parseSrt('1\n00:00:00,000 --> 00:00:01,000\n\n')).toEqual([]);
  expect(parseSrt('سلام دنیا')).toBeNull();
});
