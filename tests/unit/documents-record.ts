/**
 * Records where Chromium puts each word of the mixed texts, for documents-layout.test.ts. By hand, when the texts or
 * the font change: node tests/unit/documents-record.ts PATH_OF_CHROMIUM
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { loadFonts } from '../../src/documents/fonts.ts';
import { layoutParagraph } from '../../src/documents/layout/paragraph.ts';
import { mixedTexts, recordedSize, recordedWidth } from './documents-texts.ts';

const lineHeight = 22;
const { regular } = await loadFonts();
const fontPath = createRequire(import.meta.url).resolve('vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf');
const font = (await readFile(fontPath)).toString('base64');
const paragraphs = mixedTexts.map((text) => {
  const options = {
    shaper: regular,
    size: recordedSize,
    width: recordedWidth,
    fallbackDirection: 'rtl',
  } as const;
  const { direction, lines } = layoutParagraph(text, options);
  const words = lines.flatMap((line) => line.runs).filter((run) => !run.isSpace);
  return {
    text,
    direction,
    words: words.map(({ start, text: word }) => ({ start, end: start + word.length })),
  };
});
const browser = await chromium.launch({ executablePath: process.argv[2] ?? '', args: ['--no-sandbox'] });
const page = await browser.newPage();
// Fractional widths, as in print.
await page.setContent(`<meta charset="utf-8"><style>
  @font-face { font-family: V; src: url(data:font/ttf;base64,${font}); }
  body { margin: 0; }
  p { font: ${recordedSize}px/${lineHeight}px V; width: ${recordedWidth}px; text-rendering: geometricPrecision; margin: 0; }
</style>${paragraphs.map(({ text, direction }) => `<p dir="${direction}">${text}</p>`).join('')}`);
const recorded = await page.evaluate(
  ({ paragraphs, lineHeight }) => {
    // biome-ignore lint/suspicious/noExplicitAny: the browser's own types are not part of this project
    const document = (globalThis as any).document;
    return document.fonts.ready.then(() =>
      paragraphs.map(({ text, words }, index) => {
        const paragraph = document.querySelectorAll('p')[index];
        const top = paragraph.getBoundingClientRect().top;
        return {
          text,
          words: words.map(({ start, end }) => {
            const range = document.createRange();
            range.setStart(paragraph.firstChild, start);
            range.setEnd(paragraph.firstChild, end);
            const [rectangle] = range.getClientRects();
            const line = Math.floor((rectangle.top + rectangle.height / 2 - top) / lineHeight);
            return { start, line, x: Math.round(rectangle.left * 100) / 100 };
          }),
        };
      }),
    );
  },
  { paragraphs, lineHeight },
);
await browser.close();
await writeFile(
  new URL('../fixtures/documents/chromium-layout.json', import.meta.url),
  JSON.stringify(recorded),
);
