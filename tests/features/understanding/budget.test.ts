import { expect, test } from 'vitest';
import { costOfTokens, exceededLimit } from '../../../src/features/understanding/budget.ts';

const none = { userDay: null, userMonth: null, allDay: null, allMonth: null };
const nothing = { userDay: 0, userMonth: 0, allDay: 0, allMonth: 0 };
const dollars = (amount: number) => ({ amount, currency: 'USD' as const });

test('tokens cost the price of a million each way', () => {
  const price = { perMillionIn: 2, perMillionOut: 8, currency: 'IRT' as const };
  expect(costOfTokens({ inputTokens: 500_000, outputTokens: 250_000 }, price)).toEqual({
    amount: 3,
    currency: 'IRT',
  });
  expect(costOfTokens({ inputTokens: 500_000, outputTokens: 250_000 }, null)).toBeNull();
});

test('without limits, without a price, or for nothing, every run may start', () => {
  expect(exceededLimit(dollars(1_000), nothing, none)).toBeNull();
  expect(exceededLimit(null, { ...nothing, userDay: 5 }, { ...none, userDay: 1 })).toBeNull();
  expect(exceededLimit(dollars(0), { ...nothing, userDay: 5 }, { ...none, userDay: 1 })).toBeNull();
});

test.each(['userDay', 'userMonth', 'allDay', 'allMonth'] as const)(
  'a run that would exceed %s is refused before it starts',
  (limit) => {
    const limits = { ...none, [limit]: 1 };
    expect(exceededLimit(dollars(0.4), { ...nothing, [limit]: 0.6 }, limits)).toBeNull();
    expect(exceededLimit(dollars(0.41), { ...nothing, [limit]: 0.6 }, limits)).toMatchObject({ limit });
    expect(exceededLimit(dollars(0.41), { ...nothing, [limit]: 2 }, limits)).toEqual({ limit, left: 0 });
  },
);

test('a user’s own limit is named before that of all users', () => {
  const limits = { userDay: 1, userMonth: 1, allDay: 1, allMonth: 1 };
  expect(exceededLimit(dollars(2), nothing, limits)).toEqual({ limit: 'userDay', left: 1 });
});

test('sums of decimal fractions reach a limit exactly', () => {
  const spent = 0.1 + 0.2;
  expect(exceededLimit(dollars(0.7), { ...nothing, userDay: spent }, { ...none, userDay: 1 })).toBeNull();
});
