import type { DocumentContent } from '../../domain/document.ts';
import { type Shapers, shapersFor } from '../fonts/shaper.ts';
import { type Line, startParagraph } from '../layout/paragraph.ts';
import { drawLine } from './draw-line.ts';
import { EmbeddedFonts } from './embedded-font.ts';
import { GlyphStrings } from './glyph-strings.ts';
import { keepLinesTogether } from './keep-lines-together.ts';
import { margin, type PageSize, pageSizes, type Style, styles } from './styles.ts';

/** Called when a line is placed; `left` is the column's left edge and `baseline` its baseline, both in points. */
type OnLine = (line: Line, left: number, baseline: number) => void;

/** Writes lines down the pages; each page has its number, and from the second on the running title. */
export class PageWriter {
  readonly #document: PDFKit.PDFDocument;
  readonly #content: DocumentContent;
  readonly #page: PageSize;
  readonly #shapers: Shapers;
  readonly #fonts: EmbeddedFonts;
  readonly #strings: GlyphStrings;
  readonly #digits: Intl.NumberFormat;
  readonly #runningTitle: Line | null;
  readonly #missingGlyphs: Set<string>;
  #pages = 0;
  #y = 0;
  #inkBelow = 0;

  /** @param missingGlyphs collects the characters that no font has */
  constructor(document: PDFKit.PDFDocument, content: DocumentContent, missingGlyphs: Set<string>) {
    this.#document = document;
    this.#content = content;
    this.#page = pageSizes[content.look.page];
    this.#shapers = shapersFor(content.language);
    this.#fonts = new EmbeddedFonts(document);
    this.#strings = new GlyphStrings(this.#fonts);
    this.#digits = new Intl.NumberFormat(content.language, {
      useGrouping: false,
      ...(content.look.hasLatinDigits && { numberingSystem: 'latn' }),
    });
    this.#missingGlyphs = missingGlyphs;
    this.#runningTitle = this.#oneLine(content.title);
    this.#startPage();
  }

  /** In points. */
  get #columnWidth(): number {
    return this.#page.width - 2 * margin;
  }

  /** Writes a paragraph, with at least two of its lines at the foot of a page and at the head of the next. */
  write(
    text: string,
    style: Style,
    { isJustified = false, next = 0, onLine = nothing, direction, alignment }: WriteOptions = {},
  ): void {
    if (this.#y > margin) this.skip(style.gapBefore);
    const { lines } = startParagraph(text, {
      shaper: this.#shapers[style.weight],
      size: style.size,
      width: this.#columnWidth,
      languageDirection: direction ?? this.#content.direction,
      ...(alignment !== undefined && { alignment }),
      isJustified,
    });
    const room = () => Math.floor((this.#page.height - margin - this.#y - next) / style.lineHeight + 0.001);
    for (const { line, startsPage } of keepLinesTogether(lines, room)) {
      if (startsPage) this.#startPage();
      this.#place(line, style, onLine);
    }
    this.skip(style.gapAfter);
  }

  /** Leaves a gap in points. */
  skip(gap: number): void {
    this.#y += gap;
    this.#inkBelow -= gap;
  }

  /** Draws text in the margin beside a line, on the side where the document's lines begin. */
  writeInMargin(text: string, baseline: number): void {
    const line = this.#oneLine(text);
    if (line === null) return;
    const gap = 8;
    const left =
      this.#content.direction === 'rtl' ? this.#page.width - margin + gap : margin - gap - line.width;
    this.#drawFrom(left, line, baseline);
  }

  /** Draws a rule in the column; all lengths in points. */
  underline(left: number, width: number, y: number, thickness: number, colour: string): void {
    this.#document.rect(left, y, width, thickness).fill(colour);
  }

  /** Adds an outline entry that leads to a place on this page, `top` points below its upper edge. */
  addToOutline(title: string, top: number): void {
    // pdfkit measures `left` from the right edge, so the width means the left edge. Its types lack positions on a
    // page.
    const place: object = { top, left: this.#page.width };
    this.#document.outline.addItem(title, place);
  }

  #place(line: Line, style: Style, onLine: OnLine): void {
    const above = Math.max(0, ...line.runs.map((run) => run.above));
    if (this.#y + this.#leading(style, above) > this.#page.height - margin && this.#y > margin)
      this.#startPage();
    this.#y += this.#leading(style, above);
    // A baseline a quarter of the line height above the lower edge leaves room for descenders.
    const baseline = this.#y - style.lineHeight / 4;
    this.#inkBelow = Math.max(0, ...line.runs.map((run) => run.below));
    this.#draw(line, style, margin, baseline);
    onLine(line, margin, baseline);
  }

  /**
   * Returns the distance of baselines, in points; it grows where ink would touch, as in scripts with stacked
   * marks.
   */
  #leading(style: Style, above: number): number {
    return Math.max(style.lineHeight, this.#inkBelow + above + 1);
  }

  #startPage(): void {
    if (this.#pages > 0) this.#finishPage();
    this.#document.addPage();
    this.#pages++;
    this.#y = margin;
    this.#inkBelow = 0;
  }

  /** Ends the last page; nothing may be written after it. */
  finish(): void {
    this.#finishPage();
  }

  /**
   * Draws the page number and the running title. They come last in the page's content, so that readers that keep its
   * order do not begin with them.
   */
  #finishPage(): void {
    const { width, height } = this.#page;
    const centre = (line: Line | null, baseline: number) => {
      if (line !== null) this.#drawFrom((width - line.width) / 2, line, baseline);
    };
    centre(this.#oneLine(this.#digits.format(this.#pages)), height - margin / 2);
    if (this.#pages > 1) centre(this.#runningTitle, margin * 0.6);
  }

  /** Lays out text on one line, shortened with an ellipsis if it does not fit. */
  #oneLine(text: string): Line | null {
    const { weight, size } = styles.margin;
    const options = {
      shaper: this.#shapers[weight],
      size,
      width: this.#columnWidth,
      languageDirection: this.#content.direction,
    };
    const lines = startParagraph(text, options).lines;
    const first = lines.next().value ?? null;
    const second: Line | undefined = lines.next().value ?? undefined;
    if (first === null || second === undefined) return first;
    const end = Math.min(...second.runs.map((run) => run.start));
    const shortened = text.slice(0, end).trim().split(' ').slice(0, -1).join(' ');
    return startParagraph(`${shortened}…`, options).lines.next().value ?? null;
  }

  /** Draws a line from `left`, independent of where its column put it. */
  #drawFrom(left: number, line: Line, baseline: number): void {
    this.#draw(line, styles.margin, left - (line.runs[0]?.x ?? 0), baseline);
  }

  #draw(line: Line, style: Style, left: number, baseline: number): void {
    for (const { missingGlyphs } of line.runs)
      for (const character of missingGlyphs) this.#missingGlyphs.add(character);
    this.#document.fillColor(style.colour);
    const place = { left, baseline, size: style.size };
    const drawing = drawLine(line, this.#fonts, this.#strings, place);
    // All operators are ASCII. pdfkit takes five times as long to make bytes of text.
    this.#document.addContent(Buffer.from(`${drawing}\n`, 'latin1'));
  }
}

type WriteOptions = {
  /** Direction of the text's language; default: that of the document's labels. */
  direction?: DocumentContent['direction'];
  /** The side on which lines begin, where it is not that of the text's own direction. */
  alignment?: DocumentContent['direction'];
  /** Justifies the lines. */
  isJustified?: boolean;
  /** Height in points of what must follow on the same page, so that a heading is not left alone. */
  next?: number;
  onLine?: OnLine;
};

const nothing: OnLine = () => undefined;
