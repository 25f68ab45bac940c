import { expect, test } from 'vitest';
import { speechLanguageNamed } from '../../src/domain/language-names.ts';

test('a spoken language is known by its code and by its names', () => {
  const codes = [
    'fa',
    'FA',
    'persian',
    'Farsi',
    'فارسی',
    'فارسي',
    'German',
    'آلمانی',
    'Deutsch',
    ' türkçe ',
  ].map(speechLanguageNamed);
  expect(codes).toEqual(['fa', 'fa', 'fa', 'fa', 'fa', 'fa', 'de', 'de', 'de', 'tr']);
  expect(['', 'xx', 'Klingon', 'persian please', 'constructor'].map(speechLanguageNamed)).toEqual(
    new Array(5).fill(null),
  );
});
