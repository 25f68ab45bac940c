import type { Cell } from '../fonts/cells.ts';
import type { Face } from '../fonts/face.ts';

/**
 * The part of pdfkit's embedded font below its text functions, which do their own layout (and get Persian wrong).
 * From pdfkit 0.20, class EmbeddedFont; not in its types.
 */
type PdfkitFont = {
  readonly id: string;
  /**
   * The glyphs of the subset, by their number in it; a glyph may occur more than once. From fontkit 2.0, class
   * TTFSubset.
   */
  readonly subset: {
    readonly glyphs: number[];
    readonly hmtx: { readonly metrics: { advance: number }[] };
    /** Adds a glyph to the file, when the subset is written; called in the order of `glyphs`. */
    _addGlyph(glyph: number): number;
  };
  /** Widths in thousandths of the font size, by the same number. */
  readonly widths: (number | undefined)[];
  /** The text for copy and search (ToUnicode), by the same number. */
  readonly unicode: (readonly number[] | undefined)[];
  /** Returns the reference to the font object in the file. */
  ref(): unknown;
};

/** Internals of pdfkit's document that its types leave out. */
type PdfkitInternals = {
  font(source: unknown, family: string): unknown;
  readonly _font: PdfkitFont;
  /** Fonts by family and by name. */
  readonly _fontFamilies: Record<string, PdfkitFont>;
  readonly page: { readonly fonts: Record<string, unknown> };
};

/**
 * Maximum cells per subset. Numbers have 16 bits, and pdfkit adds the components of composite glyphs at the end.
 */
const maxCells = 40_000;

/** A cell in the file: its font, and its number there as four hexadecimal digits. */
export type EmbeddedCell = { readonly font: string; readonly number: string };

/** The fonts of one document; each is embedded as the subset that is used. */
export class EmbeddedFonts {
  readonly #document: PdfkitInternals;
  readonly #embedded = new Map<
    Face,
    { readonly font: PdfkitFont; readonly cells: Map<string, EmbeddedCell> }
  >();
  /** Cached shaping gives the same cell objects again for the same word. */
  readonly #seen = new WeakMap<Cell, EmbeddedCell>();
  readonly #byId = new Map<string, PdfkitFont>();

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document as unknown as PdfkitInternals;
  }

  /**
   * Returns a cell's place in the file, adding it first if needed. A glyph with another text or width is another
   * cell.
   */
  cell(cell: Cell): EmbeddedCell {
    let embedded = this.#seen.get(cell);
    if (embedded === undefined) {
      embedded = this.#embedCell(cell);
      this.#seen.set(cell, embedded);
    }
    return embedded;
  }

  /** Adds a cell to its font's subset; equal cells of different words are shared. */
  #embedCell({ face, id, text, width }: Cell): EmbeddedCell {
    let embedded = this.#embedded.get(face);
    if (embedded === undefined || embedded.cells.size >= maxCells) {
      embedded = { font: this.#embed(face), cells: new Map() };
      this.#embedded.set(face, embedded);
    }
    const key = `${id} ${width} ${text}`;
    let cell = embedded.cells.get(key);
    if (cell === undefined) {
      cell = this.#add(embedded.font, id, text, width);
      embedded.cells.set(key, cell);
    }
    return cell;
  }

  /** Registers a font in the resources of the current page. */
  use(font: string): void {
    this.#document.page.fonts[font] ??= this.#byId.get(font)?.ref();
  }

  #add(font: PdfkitFont, glyph: number, text: string, width: number): EmbeddedCell {
    const index = font.subset.glyphs.push(glyph) - 1;
    font.widths[index] = width;
    font.unicode[index] = Array.from(text, (character) => character.codePointAt(0) ?? 0);
    return { font: font.id, number: index.toString(16).padStart(4, '0') };
  }

  /** Makes pdfkit embed a parsed font, as a new subset even if it already has one of that name. */
  #embed({ embeddable }: Face): PdfkitFont {
    const name = embeddable.postscriptName;
    delete this.#document._fontFamilies[name];
    this.#document.font(embeddable, `${name} ${this.#byId.size}`);
    const font = this.#document._font;
    declareWidths(font, embeddable.unitsPerEm);
    this.#byId.set(font.id, font);
    return font;
  }
}

/**
 * Makes the font program state the widths that the PDF declares: cells that share a glyph's width differ from it, and
 * PDF/UA demands that both agree.
 */
function declareWidths({ subset, widths }: PdfkitFont, unitsPerEm: number): void {
  const addGlyph = subset._addGlyph;
  subset._addGlyph = (glyph) => {
    const index = addGlyph.call(subset, glyph);
    const [metrics, width] = [subset.hmtx.metrics[index], widths[index]];
    if (index > 0 && metrics !== undefined && width !== undefined) {
      metrics.advance = Math.round((width * unitsPerEm) / 1000);
    }
    return index;
  };
}
