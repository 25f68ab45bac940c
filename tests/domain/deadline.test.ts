import { describe, expect, test } from 'vitest';
import { jobDeadlineMs } from '../../src/domain/deadline.ts';

const minute = 60_000;

describe('the deadline of a job', () => {
  test('the deadline of a job grows with the length and the engine’s real-time factor, from ten minutes on', () => {
    const longest = 12 * 60 * minute;
    expect(jobDeadlineMs({ maxRealTimeFactor: 3 }, 0, longest)).toBe(10 * minute);
    expect(jobDeadlineMs({ maxRealTimeFactor: 3 }, 600, longest)).toBe(40 * minute);
    expect(jobDeadlineMs({ maxRealTimeFactor: 12 }, 600, longest)).toBe(130 * minute);
  });

  test('the deadline of a job never exceeds the operator’s limit', () => {
    expect(jobDeadlineMs({ maxRealTimeFactor: 12 }, 36_000, 60 * minute)).toBe(60 * minute);
  });
});
