import type { Cell } from '../fonts/cells.ts';
import type { Face } from '../fonts/face.ts';

/**
 * What pdfkit's embedded font object offers below its own text functions, which lay text out by themselves (and Persian
 * wrongly). pdfkit 0.20, class EmbeddedFont; not in its types.
 */
type PdfkitFont = {
  readonly id: string;
  /** The glyphs of the embedded part, by their number in it; a glyph may be there more than once. */
  readonly subset: { readonly glyphs: number[] };
  /** Widths in thousandths of the font size, by that number. */
  readonly widths: (number | undefined)[];
  /** What each is copied and searched as (ToUnicode), by that number. */
  readonly unicode: (readonly number[] | undefined)[];
  /** The font's place in the file. */
  ref(): unknown;
};

/** What of pdfkit's document its types do not tell. */
type PdfkitInternals = {
  font(source: unknown, family: string): unknown;
  readonly _font: PdfkitFont;
  /** Its fonts by family and by name. */
  readonly _fontFamilies: Record<string, PdfkitFont>;
  readonly page: { readonly fonts: Record<string, unknown> };
};

/** Numbers have 16 bits; parts of composite glyphs, which pdfkit adds at the end, need some of them. */
const mostCells = 40_000;

/** A cell by its embedded font and its number there, as four hexadecimal digits. */
export type EmbeddedCell = { readonly font: string; readonly number: string };

/** The fonts of one document; each is embedded as the part of it that is used. */
export class EmbeddedFonts {
  readonly #document: PdfkitInternals;
  readonly #parts = new Map<Face, { readonly font: PdfkitFont; readonly cells: Map<string, EmbeddedCell> }>();
  /** Words are shaped once, so the same cells come again and again. */
  readonly #seen = new WeakMap<Cell, EmbeddedCell>();
  readonly #byId = new Map<string, PdfkitFont>();

  constructor(document: PDFKit.PDFDocument) {
    this.#document = document as unknown as PdfkitInternals;
  }

  /** Where a cell is found in the file. A glyph with another text or width is another cell. */
  cell(cell: Cell): EmbeddedCell {
    let embedded = this.#seen.get(cell);
    if (embedded === undefined) {
      embedded = this.#embedCell(cell);
      this.#seen.set(cell, embedded);
    }
    return embedded;
  }

  /** Equal cells of different words are one in the file. */
  #embedCell({ face, id, text, width }: Cell): EmbeddedCell {
    let part = this.#parts.get(face);
    if (part === undefined || part.cells.size >= mostCells) {
      part = { font: this.#embed(face), cells: new Map() };
      this.#parts.set(face, part);
    }
    const key = `${id} ${width} ${text}`;
    let cell = part.cells.get(key);
    if (cell === undefined) {
      cell = this.#add(part.font, id, text, width);
      part.cells.set(key, cell);
    }
    return cell;
  }

  /** Tells the page that it uses a font. */
  use(font: string): void {
    this.#document.page.fonts[font] ??= this.#byId.get(font)?.ref();
  }

  #add(font: PdfkitFont, glyph: number, text: string, width: number): EmbeddedCell {
    const index = font.subset.glyphs.push(glyph) - 1;
    font.widths[index] = width;
    font.unicode[index] = Array.from(text, (character) => character.codePointAt(0) ?? 0);
    return { font: font.id, number: index.toString(16).padStart(4, '0') };
  }

  /** Makes pdfkit embed a font that is parsed already, anew though it may have a part of it by that name. */
  #embed({ embeddable }: Face): PdfkitFont {
    const name = embeddable.postscriptName;
    delete this.#document._fontFamilies[name];
    this.#document.font(embeddable, `${name} ${this.#byId.size}`);
    const font = this.#document._font;
    this.#byId.set(font.id, font);
    return font;
  }
}
