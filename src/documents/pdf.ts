import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { DocumentContent } from '../domain/document.ts';
import { type Fonts, loadFonts } from './fonts.ts';
import { type Line, startParagraph } from './layout/paragraph.ts';
import type { Shaper } from './layout/shape.ts';
import { type EmbeddedFont, LineDrawer } from './pdf-text.ts';

/** A4 in points (ISO 216), with margins of 2.5 cm. */
const pageWidth = 595.28;
const pageHeight = 841.89;
const margin = 71;
const footerBaseline = pageHeight - margin / 2;

/** How a kind of text looks. Sizes in points; Persian letters with their dots need more leading than Latin ones. */
type Style = {
  readonly font: keyof Fonts;
  readonly size: number;
  readonly lineHeight: number;
  readonly gapAfter: number;
  readonly colour: string;
};
const styles = {
  title: { font: 'bold', size: 18, lineHeight: 32, gapAfter: 6, colour: '#000000' },
  fact: { font: 'regular', size: 10, lineHeight: 17, gapAfter: 0, colour: '#555555' },
  body: { font: 'regular', size: 12, lineHeight: 22, gapAfter: 8, colour: '#000000' },
  footer: { font: 'regular', size: 9, lineHeight: 16, gapAfter: 0, colour: '#555555' },
} satisfies Record<string, Style>;
const gapAfterFacts = 14;

/** The event loop gets a turn after this much work, in milliseconds. */
const longestStretchMs = 15;

/** First strong isolate and its end (UAX #9): a value decides its own direction and leaves its label's alone. */
const isolate = (text: string) => `\u2068${text}\u2069`;

/**
 * An A4 PDF with Vazirmatn embedded, laid out by the bidirectional algorithm, with page numbers in the digits of the
 * content's language. The content must be clean (`cleanContent`).
 */
export async function writePdf(content: DocumentContent): Promise<Uint8Array> {
  const page = new PageWriter(content, await loadFonts());
  await page.write(content.title, styles.title);
  for (const { label, value } of content.facts) await page.write(`${label}: ${isolate(value)}`, styles.fact);
  if (content.facts.length > 0) page.skip(gapAfterFacts);
  for (const paragraph of content.paragraphs) await page.write(paragraph, styles.body);
  return page.finish();
}

/** Writes lines down a page and starts the next one when it is full. */
class PageWriter {
  readonly #document: PDFKit.PDFDocument;
  readonly #chunks: Uint8Array[] = [];
  readonly #fonts: Fonts;
  readonly #embedded: Record<keyof Fonts, EmbeddedFont>;
  readonly #drawers: Record<keyof Fonts, LineDrawer>;
  readonly #direction: DocumentContent['direction'];
  readonly #digits: Intl.NumberFormat;
  #pages = 0;
  #y = 0;
  #stretchStart = performance.now();

  constructor({ title, language, direction }: DocumentContent, fonts: Fonts) {
    this.#document = new PDFDocument({
      size: [pageWidth, pageHeight],
      margin: 0,
      autoFirstPage: false,
      lang: language,
      displayTitle: true,
      info: { Title: title, Producer: 'Dabir', Creator: 'Dabir' },
    });
    this.#document.on('data', (chunk: Uint8Array) => this.#chunks.push(chunk));
    this.#fonts = fonts;
    this.#embedded = { regular: this.#embed(fonts.regular), bold: this.#embed(fonts.bold) };
    this.#drawers = {
      regular: new LineDrawer(this.#embedded.regular, fonts.regular),
      bold: new LineDrawer(this.#embedded.bold, fonts.bold),
    };
    this.#direction = direction;
    this.#digits = new Intl.NumberFormat(language, { useGrouping: false });
    this.#startPage();
  }

  /** Lays a paragraph out and draws it. */
  async write(text: string, style: Style): Promise<void> {
    const { lines } = startParagraph(text, {
      shaper: this.#fonts[style.font],
      size: style.size,
      width: pageWidth - 2 * margin,
      fallbackDirection: this.#direction,
    });
    for (const line of lines) {
      if (this.#y + style.lineHeight > pageHeight - margin) this.#startPage();
      this.#y += style.lineHeight;
      // The baseline a quarter of the leading above the line's lower edge leaves room for descenders.
      this.#draw(line, style, margin, this.#y - style.lineHeight / 4);
      await this.#yieldNowAndThen();
    }
    this.skip(style.gapAfter);
  }

  /** Leaves a gap in points. */
  skip(gap: number): void {
    this.#y += gap;
  }

  /** Ends the document and gives its bytes. */
  async finish(): Promise<Uint8Array> {
    const ended = new Promise<void>((resolve, reject) => {
      this.#document.once('end', resolve);
      this.#document.once('error', reject);
    });
    this.#document.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }

  #startPage(): void {
    this.#document.addPage();
    this.#pages++;
    this.#y = margin;
    const number = this.#digits.format(this.#pages);
    const { font, size } = styles.footer;
    const options = { shaper: this.#fonts[font], size, width: pageWidth, fallbackDirection: 'ltr' } as const;
    for (const line of startParagraph(number, options).lines) {
      this.#draw(line, styles.footer, (pageWidth - line.width) / 2, footerBaseline);
    }
  }

  #draw(line: Line, style: Style, left: number, baseline: number): void {
    this.#use(style);
    this.#document.fillColor(style.colour);
    this.#document.addContent(this.#drawers[style.font].draw(line, style.size, left, baseline));
  }

  /** Makes pdfkit embed a font that fontkit has parsed already; its types know only files and bytes. */
  #embed({ font }: Shaper): EmbeddedFont {
    const document = this.#document as unknown as {
      font(source: unknown, family: string): unknown;
      _font: EmbeddedFont;
    };
    document.font(font, font.postscriptName);
    return document._font;
  }

  /** Tells the page that it uses a font. */
  #use(style: Style): void {
    const font = this.#embedded[style.font] as EmbeddedFont & { ref(): unknown };
    const page = this.#document.page as unknown as { fonts: Record<string, unknown> };
    page.fonts[font.id] ??= font.ref();
  }

  async #yieldNowAndThen(): Promise<void> {
    if (performance.now() - this.#stretchStart < longestStretchMs) return;
    await setImmediate();
    this.#stretchStart = performance.now();
  }
}
