import { expect, test } from 'vitest';
import { parseCaption } from '../../src/domain/caption.ts';

test('a caption of nothing but options sets them, in any order; any other text is a caption', () => {
  const options = (caption?: string) => parseCaption(caption);
  expect(options(' FA ')).toEqual({ language: 'fa', engine: null, formats: [] });
  expect(options('vira srt')).toEqual({ language: null, engine: 'vira', formats: ['srt'] });
  expect(options('ویرا، docx, en PDF docx')).toEqual({
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
    expect(options(caption), caption).toEqual(nothing);
});
