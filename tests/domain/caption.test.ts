import { expect, test } from 'vitest';
import { parseCaption } from '../../src/domain/caption.ts';

test('a caption of nothing but options sets them, in any order; any other text is a caption', () => {
  const options = (caption?: string) => parseCaption(caption);
  expect(options(' FA ')).toEqual({ language: 'fa', engine: null, formats: [], speakers: null });
  expect(options('vira srt')).toEqual({ language: null, engine: 'vira', formats: ['srt'], speakers: null });
  expect(options('ویرا، docx, en PDF docx')).toEqual({
    language: 'en',
    engine: 'vira',
    formats: ['docx', 'pdf'],
    speakers: null,
  });
  const nothing = { language: null, engine: null, formats: [], speakers: null };
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
    speakers: null,
  });
});

test.each([
  ['2 people', 2],
  ['۲ نفر', 2],
  ['٣نفره', 3],
  ['12 speakers', 12],
  ['speakers', 0],
  ['Who said what', 0],
  ['گوینده‌ها', 0],
  ['کی چی گفت', 0],
])('the caption "%s" asks for speakers, alone and beside other wishes', (caption, speakers) => {
  expect(parseCaption(caption)).toMatchObject({ speakers, language: null });
  expect(parseCaption(`fa، ${caption} srt`)).toMatchObject({ speakers, language: 'fa', formats: ['srt'] });
});

test.each(['we were 2 people', '2', '0 people', '99 people', '2 peoples', 'loudspeakers', 'گوینده‌های خبر'])(
  'the caption "%s" asks for no speakers',
  (caption) => {
    expect(parseCaption(caption).speakers).toBeNull();
  },
);
