/**
 * Records where Chromium puts each word of the gallery, for layout.test.ts. To be run by hand after changes
 * of the texts or fonts: node tests/documents/record-layout.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { familiesFor, fontPath } from '../../src/documents/fonts/families.ts';
import { isolatesOf, withIsolates } from '../../src/documents/layout/isolates.ts';
import { launchChromium } from '../support/chromium.ts';
import { layoutOf, recordedLineHeight, recordedSize, recordedWidth } from './recorded-layout.ts';
import { gallery } from './texts.ts';

const paragraphs = gallery.flatMap(({ language, paragraphs: texts }) =>
  texts.map((text) => {
    const { direction, lines } = layoutOf(text, language, recordedWidth, 'first');
    // Chromium gets the isolates that our layout assumes as characters.
    const isolates = isolatesOf(text, direction);
    const place = (at: number) =>
      at + isolates.filter(({ from }) => from <= at).length + isolates.filter(({ to }) => to <= at).length;
    const words = lines
      .flatMap((line) => line.runs)
      .filter((run) => !run.isSpace)
      .map(({ start, text: word }) => ({
        start,
        from: place(start),
        to: place(start + word.length - 1) + 1,
      }));
    return { text, shown: withIsolates(text, direction), language, direction, words };
  }),
);

/** Returns CSS with the same fonts, in the same order, under the same names. */
async function fontFaces(): Promise<string> {
  const faces = familiesFor('ja').map(async (family) => {
    const path = fontPath(family, 'regular');
    if (path === null) throw new Error(`${family.name} is not installed`);
    const bytes = await readFile(path, 'base64');
    return `@font-face { font-family: ${family.name}; src: url(data:font/ttf;base64,${bytes}); }`;
  });
  return (await Promise.all(faces)).join('\n');
}

const namesFor = (language: string) =>
  familiesFor(language)
    .map((family) => family.name)
    .join(', ');
const browser = await launchChromium();
const page = await browser.newPage();
// Fractional widths, as in print.
await page.setContent(`<meta charset="utf-8"><style>
  ${await fontFaces()}
  body { margin: 0; }
  p { font: ${recordedSize}px/${recordedLineHeight}px sans-serif; width: ${recordedWidth}px;
    text-rendering: geometricPrecision; font-synthesis: none; margin: 0; }
  /* Set solid, as books are: Chromium alone kerns kana and trims the space around punctuation. */
  p:lang(ja) { font-kerning: none; text-spacing-trim: space-all; }
</style>${paragraphs.map(({ shown, language, direction }) => `<p style="font-family: ${namesFor(language)}" lang="${language}" dir="${direction}">${shown.replaceAll('&', '&amp;')}</p>`).join('')}`);
const recorded = await page.evaluate(
  ({ paragraphs, lineHeight }) => {
    // biome-ignore lint/suspicious/noExplicitAny: the browser's own types are not part of this project
    const document = (globalThis as any).document;
    return document.fonts.ready.then(() =>
      paragraphs.map(({ text, language, words }, index) => {
        const paragraph = document.querySelectorAll('p')[index];
        const top = paragraph.getBoundingClientRect().top;
        return {
          text,
          language,
          words: words.map(({ start, from, to }) => {
            const range = document.createRange();
            range.setStart(paragraph.firstChild, from);
            range.setEnd(paragraph.firstChild, to);
            const [rectangle] = range.getClientRects();
            const line = Math.floor((rectangle.top + rectangle.height / 2 - top) / lineHeight);
            return { start, line, x: Math.round(rectangle.left * 100) / 100 };
          }),
        };
      }),
    );
  },
  { paragraphs, lineHeight: recordedLineHeight },
);
await browser.close();
await writeFile(
  new URL('../fixtures/documents/chromium-layout.json', import.meta.url),
  `[\n${recorded.map((paragraph: unknown) => JSON.stringify(paragraph)).join(',\n')}\n]\n`,
);
