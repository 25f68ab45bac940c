import { type DocumentContent, type DocumentParagraph, defaultLook } from '../../src/domain/document.ts';

/** The parts of a document that a test sets; paragraphs may be plain text. */
export type Described = Omit<Partial<DocumentContent>, 'paragraphs'> & {
  readonly paragraphs?: readonly (string | DocumentParagraph)[];
};

/**
 * Returns a document with defaults for everything that a test does not set. A paragraph of plain text takes
 * ten seconds.
 */
export function documentOf({ paragraphs = [], ...rest }: Described): DocumentContent {
  return {
    title: 'گفت‌وگو دربارهٔ Dabir',
    direction: 'rtl',
    language: 'fa',
    facts: [],
    source: {
      fileName: null,
      sentAt: '2026-11-22T16:45:00.000Z',
      durationSeconds: 0,
      engine: 'Whisper',
      language: 'fa',
    },
    labels: { time: 'زمان', speaker: 'گوینده', text: 'متن', missingGlyphs: 'نویسه‌های بی‌قلم' },
    look: defaultLook,
    ...rest,
    paragraphs: paragraphs.map((paragraph, index) =>
      typeof paragraph === 'string' ? spoken(paragraph, index * 10, index * 10 + 10) : paragraph,
    ),
  };
}

/** Returns a paragraph of one segment without word times. */
export function spoken(
  text: string,
  start: number,
  end: number,
  speaker: string | null = null,
): DocumentParagraph {
  return { speaker, segments: [{ start, end, text, original: text, words: [] }] };
}
