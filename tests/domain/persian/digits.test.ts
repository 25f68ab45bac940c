import { expect, test } from 'vitest';
import { typedNumber } from '../../../src/domain/persian/digits.ts';

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
