import { expect, test } from 'vitest';
import { wishesInCaption } from '../../src/domain/caption.ts';

test('a caption of nothing but wishes is obeyed, in any order; any other text is a caption', () => {
  const wishes = (caption?: string) => wishesInCaption(caption);
  expect(wishes(' FA ')).toEqual({ language: 'fa', engine: null, formats: [], speakers: null });
  expect(wishes('vira srt')).toEqual({ language: null, engine: 'vira', formats: ['srt'], speakers: null });
  expect(wishes('ویرا، docx, en PDF docx')).toEqual({
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
  ])
    expect(wishes(caption), caption).toEqual(nothing);
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
  expect(wishesInCaption(caption)).toMatchObject({ speakers, language: null });
  expect(wishesInCaption(`fa، ${caption} srt`)).toMatchObject({ speakers, language: 'fa', formats: ['srt'] });
});

test.each(['we were 2 people', '2', '0 people', '99 people', '2 peoples', 'loudspeakers', 'گوینده‌های خبر'])(
  'the caption "%s" asks for no speakers',
  (caption) => {
    expect(wishesInCaption(caption).speakers).toBeNull();
  },
);
