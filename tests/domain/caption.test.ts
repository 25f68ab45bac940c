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
    'vira said that',
    'thank you',
  ])
    expect(options(caption), caption).toEqual(nothing);
});

test('a caption may have polite words around the name of an engine', () => {
  const engineOf = (caption: string) => parseCaption(caption).engine;
  expect(['vira please', 'with VIRA, please!', 'با ویرا لطفاً', 'ویرا لطفا.'].map(engineOf)).toEqual(
    new Array(4).fill('vira'),
  );
  expect(parseCaption('use vira in fa as srt please')).toEqual({
    language: 'fa',
    engine: 'vira',
    formats: ['srt'],
  });
});
