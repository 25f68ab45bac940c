import type { DocumentContent } from '../../domain/document.ts';
import { type Shapers, shapersFor } from '../fonts/shaper.ts';
import type { Direction } from '../layout/direction.ts';
import { type Line, type PlacedRun, startParagraph } from '../layout/paragraph.ts';
import { foreignLanguage } from '../layout/run-language.ts';
import { linksOf, type TextLink } from '../links.ts';
import { drawRuns } from './draw-runs.ts';
import { EmbeddedFonts } from './embedded-font.ts';
import { GlyphStrings } from './glyph-strings.ts';
import { keepLinesTogether } from './keep-lines-together.ts';
import { splitAtLinks } from './linked-runs.ts';
import { setPageLabels } from './metadata.ts';
import { layOutOneLine } from './one-line.ts';
import { margin, type PageSize, pageSizes, type Style, styles } from './styles.ts';
import { type BlockTag, type Inline, Tags } from './tags.ts';

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
  readonly #tags: Tags;
  readonly #digits: Intl.NumberFormat;
  readonly #runningTitle: Line | null;
  readonly #missingGlyphs: Set<string>;
  /** The number of each page as it is printed. */
  readonly #numbers: string[] = [];
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
    this.#tags = new Tags(document, content.direction);
    this.#digits = new Intl.NumberFormat(content.language, {
      useGrouping: false,
      ...(content.look.hasLatinDigits && { numberingSystem: 'latn' }),
    });
    this.#missingGlyphs = missingGlyphs;
    this.#runningTitle = this.#layOutOneLine(content.title);
    this.#startPage();
  }

  /** In points. */
  get #columnWidth(): number {
    return this.#page.width - 2 * margin;
  }

  /** Writes a paragraph, with at least two of its lines at the foot of a page and at the head of the next. */
  write(text: string, style: Style, options: WriteOptions): void {
    const {
      tag,
      marginText,
      isJustified = false,
      next = 0,
      onLine = nothing,
      direction,
      alignment,
    } = options;
    if (this.#y > margin) this.skip(style.gapBefore);
    const { lines, direction: base } = startParagraph(text, {
      shaper: this.#shapers[style.weight],
      size: style.size,
      width: this.#columnWidth,
      languageDirection: direction ?? this.#content.direction,
      ...(alignment !== undefined && { alignment }),
      isJustified,
    });
    const links = linksOf(text);
    const room = () => Math.floor((this.#page.height - margin - this.#y - next) / style.lineHeight + 0.001);
    let isFirst = true;
    for (const { line, startsPage } of keepLinesTogether(lines, room)) {
      if (startsPage) this.#startPage();
      if (isFirst) this.#tags.begin(tag, foreignLanguage(text, this.#content.language));
      const baseline = this.#advance(line, style);
      const inMargin = isFirst && marginText !== undefined ? this.#tags.add('Span') : null;
      this.#drawContent(line, { style, baseline, direction: base, left: margin }, links);
      // Drawn after the line, from which pdf.js would not separate it otherwise; its place in the structure is before.
      if (inMargin !== null) this.#writeInMargin(marginText ?? '', inMargin, baseline);
      onLine(line, margin, baseline);
      isFirst = false;
    }
    this.#tags.end();
    this.skip(style.gapAfter);
  }

  /**
   * Writes texts side by side, the first one on the side where the document's lines begin. Their lines stand at the same
   * heights. Texts that take less than half a page stay on one page; longer ones continue on the next.
   */
  writeBeside(cells: readonly BesideCell[], style: Style): void {
    if (this.#y > margin) this.skip(style.gapBefore);
    const width = (this.#columnWidth - gapBeside * (cells.length - 1)) / cells.length;
    const columns = cells.map(({ text, direction, language }, index) => {
      const { lines, direction: base } = startParagraph(text, {
        ...{ shaper: this.#shapers[style.weight], size: style.size, width, languageDirection: direction },
      });
      const place = this.#content.direction === 'rtl' ? cells.length - 1 - index : index;
      const left = margin + place * (width + gapBeside);
      return { lines: [...lines], base, left, links: linksOf(text), language };
    });
    const count = Math.max(...columns.map(({ lines }) => lines.length));
    const height = count * style.lineHeight;
    const room = this.#page.height - margin - this.#y;
    if (height > room && height < (this.#page.height - 2 * margin) / 2) this.#startPage();
    for (let from = 0; from < count; ) {
      const baselines = this.#placeRows(columns, from, count, style);
      for (const { lines, base: direction, left, links, language } of columns) {
        const own = lines.slice(from, from + baselines.length);
        if (own.length === 0) continue;
        this.#tags.begin('P', language === this.#content.language ? null : language);
        for (const [index, line] of own.entries()) {
          this.#drawContent(line, { style, baseline: baselines[index] ?? 0, direction, left }, links);
        }
        this.#tags.end();
      }
      from += baselines.length;
      if (from < count) this.#startPage();
    }
    this.skip(style.gapAfter);
  }

  /** Moves down by as many rows of lines as fit on the page, from row `from` on. Returns their baselines; at least one. */
  #placeRows(
    columns: readonly { readonly lines: readonly Line[] }[],
    from: number,
    count: number,
    style: Style,
  ): number[] {
    const baselines: number[] = [];
    for (let row = from; row < count; row += 1) {
      const runs = columns.flatMap(({ lines }) => lines[row]?.runs ?? []);
      const leading = this.#leading(style, Math.max(0, ...runs.map((run) => run.above)));
      const isFull = this.#y + leading > this.#page.height - margin;
      if (isFull && baselines.length > 0) break;
      if (isFull && this.#y > margin) this.#startPage();
      this.#y += leading;
      this.#inkBelow = Math.max(0, ...runs.map((run) => run.below));
      baselines.push(this.#y - style.lineHeight / 4);
    }
    return baselines;
  }

  /** Leaves a gap in points. */
  skip(gap: number): void {
    this.#y += gap;
    this.#inkBelow -= gap;
  }

  /** Draws text in the margin beside a line, on the side where the document's lines begin. */
  #writeInMargin(text: string, tagged: Inline, baseline: number): void {
    const line = this.#layOutOneLine(text);
    if (line === null) return;
    const gap = 8;
    const left =
      this.#content.direction === 'rtl' ? this.#page.width - margin + gap : margin - gap - line.width;
    this.#tags.draw(tagged, () => this.#drawFrom(left, line, baseline));
  }

  /** Draws a rule in the column as part of the paragraph that is being written; all lengths in points. */
  underline(left: number, width: number, y: number, thickness: number, colour: string): void {
    this.#tags.open();
    this.#document.rect(left, y, width, thickness).fill(colour);
  }

  /** Adds an outline entry that leads to a place on this page, `top` points below its upper edge. */
  addToOutline(title: string, top: number): void {
    // pdfkit measures `left` from the right edge, so the width means the left edge. Its types lack positions on a
    // page.
    const place: object = { top, left: this.#page.width };
    this.#document.outline.addItem(title, place);
  }

  /** Moves down by a line and returns its baseline; a line that does not fit begins a page. */
  #advance(line: Line, style: Style): number {
    const above = Math.max(0, ...line.runs.map((run) => run.above));
    if (this.#y + this.#leading(style, above) > this.#page.height - margin && this.#y > margin)
      this.#startPage();
    this.#y += this.#leading(style, above);
    this.#inkBelow = Math.max(0, ...line.runs.map((run) => run.below));
    // A baseline a quarter of the line height above the lower edge leaves room for descenders.
    return this.#y - style.lineHeight / 4;
  }

  /** Draws a line of the current block, with its links. */
  #drawContent({ runs }: Line, look: PlacedLook, links: readonly TextLink[]): void {
    for (const { link, runs: own } of splitAtLinks(runs, links)) {
      if (link === null) {
        this.#tags.open();
        this.#draw(own, look.left, look);
      } else {
        const draw = () => this.#draw(own, look.left, look);
        this.#tags.draw(this.#tags.add('Link'), draw, (element) => this.#link(own, link.url, look, element));
      }
    }
  }

  /**
   * Returns the distance of baselines, in points; it grows where ink would touch, as in scripts with stacked
   * marks.
   */
  #leading(style: Style, above: number): number {
    return Math.max(style.lineHeight, this.#inkBelow + above + 1);
  }

  #startPage(): void {
    if (this.#numbers.length > 0) this.#finishPage();
    this.#document.addPage();
    this.#numbers.push(this.#digits.format(this.#numbers.length + 1));
    this.#y = margin;
    this.#inkBelow = 0;
  }

  /** Ends the last page; nothing may be written after it. */
  finish(): void {
    this.#finishPage();
    setPageLabels(this.#document, this.#numbers);
  }

  /**
   * Draws the page number and the running title. They come last in the page's content, so that readers that keep its
   * order do not begin with them.
   */
  #finishPage(): void {
    const { width, height } = this.#page;
    const centre = (line: Line | null, kind: 'Header' | 'Footer', baseline: number) => {
      if (line === null) return;
      this.#tags.artifact(kind, () => this.#drawFrom((width - line.width) / 2, line, baseline));
    };
    centre(this.#layOutOneLine(this.#numbers.at(-1) ?? ''), 'Footer', height - margin / 2);
    if (this.#numbers.length > 1) centre(this.#runningTitle, 'Header', margin * 0.6);
  }

  #layOutOneLine(text: string): Line | null {
    return layOutOneLine(text, this.#shapers, this.#columnWidth, this.#content.direction);
  }

  /** Draws a line from `left`, independent of where its column put it. */
  #drawFrom(left: number, { runs }: Line, baseline: number): void {
    const { direction } = this.#content;
    this.#draw(runs, left - (runs[0]?.x ?? 0), { style: styles.margin, baseline, direction });
  }

  #draw(runs: readonly PlacedRun[], left: number, { style, baseline, direction }: Look): void {
    for (const { missingGlyphs } of runs)
      for (const character of missingGlyphs) this.#missingGlyphs.add(character);
    this.#document.fillColor(style.colour);
    const place = { left, baseline, size: style.size, direction };
    const drawing = drawRuns(runs, this.#fonts, this.#strings, place);
    // All operators are ASCII. pdfkit takes five times as long to make bytes of text.
    this.#document.addContent(Buffer.from(`${drawing}\n`, 'latin1'));
  }

  /** Makes what was drawn lead to an address. */
  #link(
    runs: readonly PlacedRun[],
    url: string,
    { style, baseline, left: column }: PlacedLook,
    element: PDFKit.PDFStructureElement,
  ): void {
    const [first, last] = [runs[0], runs.at(-1)];
    if (first === undefined || last === undefined) return;
    const [left, top] = [column + first.x, baseline - style.size];
    const [width, height] = [last.x + last.width - first.x, style.size * 1.3];
    const options: object = { structParent: element, Contents: new String(url) };
    this.#document.link(left, top, width, height, url, options);
  }
}

/** How a line is drawn; `direction` is that of its paragraph. */
type Look = { readonly style: Style; readonly baseline: number; readonly direction: Direction };

/** A look with the left edge of its column, in points. */
type PlacedLook = Look & { readonly left: number };

/** A text beside another one. */
export type BesideCell = {
  readonly text: string;
  /** Direction of the text's language. */
  readonly direction: Direction;
  /** BCP 47 tag. */
  readonly language: string;
};

/** Gap between two columns, in points. */
const gapBeside = 18;

type WriteOptions = {
  readonly tag: BlockTag;
  /** Text in the margin beside the first line, such as a time. */
  marginText?: string;
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
