import { expect, test } from 'vitest';
import { wishesInCaption } from '../../src/domain/caption.ts';

test('a caption of nothing but wishes is obeyed, in any order; any other text is a caption', () => {
  const wishes = (caption?: string) => wishesInCaption(caption);
  expect(wishes(' FA ')).toEqual({ language: 'fa', engine: null, formats: [] });
  expect(wishes('vira srt')).toEqual({ language: null, engine: 'vira', formats: ['srt'] });
  expect(wishes('ویرا، docx, en PDF docx')).toEqual({
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
    expect(wishes(caption), caption).toEqual(nothing);
});
