import { describe, expect, test } from 'vitest';
import {
  dayNumber,
  gregorianOf,
  jalaliOf,
  numberOfJalali,
} from '../../../../src/features/understanding/provable/dates/jalali.ts';
import { resolveDate } from '../../../../src/features/understanding/provable/dates/resolve-date.ts';

// A Monday, 9 Azar 1405.
const recordedAt = new Date('2026-11-30T10:00:00Z');

describe('a date is computed from the day of the recording', () => {
  test.each([
    ['فردا', '2026-12-01', '1405-09-10', null],
    ['پس‌فردا ساعت پنج عصر', '2026-12-02', '1405-09-11', '17:00'],
    ['پنجشنبه', '2026-12-03', '1405-09-12', null],
    ['پنجشنبهٔ هفتهٔ بعد', '2026-12-10', '1405-09-19', null],
    ['دوشنبه', '2026-12-07', '1405-09-16', null],
    ['دوازدهم دی', '2027-01-02', '1405-10-12', null],
    ['۱۲ مهر', '2027-10-04', '1406-07-12', null],
    ['سه روز دیگر', '2026-12-03', '1405-09-12', null],
    ['دو هفته بعد', '2026-12-14', '1405-09-23', null],
    ['۱۴۰۵/۱۰/۱', '2026-12-22', '1405-10-01', null],
    ['امشب', '2026-11-30', '1405-09-09', null],
    ['ساعت هفده و سی دقیقه', null, null, '17:30'],
    ['فردا ساعت ۵ عصر', '2026-12-01', '1405-09-10', '17:00'],
    ['tomorrow at 5 pm', '2026-12-01', '1405-09-10', '17:00'],
    ['the day after tomorrow', '2026-12-02', '1405-09-11', null],
    ['Friday', '2026-12-04', '1405-09-13', null],
    ['next Tuesday', '2026-12-08', '1405-09-17', null],
    ['in three days', '2026-12-03', '1405-09-12', null],
    ['May 5', '2027-05-05', '1406-02-15', null],
    ['5th of May 2028', '2028-05-05', '1407-02-16', null],
    ['December 31st', '2026-12-31', '1405-10-10', null],
    ['2026-12-24', '2026-12-24', '1405-10-03', null],
    ['noon tomorrow', '2026-12-01', '1405-09-10', '12:00'],
  ] as const)('%s', (words, gregorian, jalali, time) => {
    expect(resolveDate(words, recordedAt, 'Asia/Tehran')).toEqual({ words, gregorian, jalali, time });
  });

  test.each(['next week', 'هفتهٔ بعد', 'soon', 'به زودی', 'سی‌ام اسفند', 'February 30', '2026-02-31'])(
    '%s names no day',
    (words) => {
      expect(resolveDate(words, recordedAt, 'Asia/Tehran')).toMatchObject({ gregorian: null, jalali: null });
    },
  );

  test('an hour that may be in the morning or in the evening has no time', () => {
    expect(resolveDate('ساعت پنج', recordedAt, 'Asia/Tehran').time).toBeNull();
    expect(resolveDate('at five', recordedAt, 'Asia/Tehran').time).toBeNull();
  });

  test('the day is that of the time zone of the user', () => {
    const late = new Date('2026-11-30T22:00:00Z');
    expect(resolveDate('tomorrow', late, 'Asia/Tehran').gregorian).toBe('2026-12-02');
    expect(resolveDate('tomorrow', late, 'America/New_York').gregorian).toBe('2026-12-01');
  });
});

test('every day of forty years has one day in each calendar', () => {
  const first = dayNumber({ year: 2000, month: 1, day: 1 });
  for (let number = first; number < first + 40 * 365; number += 1) {
    const jalali = jalaliOf(number);
    expect(numberOfJalali(jalali)).toBe(number);
    expect(dayNumber(gregorianOf(number))).toBe(number);
  }
});
