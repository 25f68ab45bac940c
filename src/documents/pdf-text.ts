import type { Line, PlacedRun } from './layout/paragraph.ts';
import type { PlacedGlyph, Shaper } from './layout/shape.ts';

/**
 * What pdfkit's embedded font object offers below its own text functions, which lay text out by themselves (and Persian
 * wrongly). pdfkit 0.20, class EmbeddedFont; not in its types.
 */
export type EmbeddedFont = {
  readonly id: string;
  /** The glyphs of the embedded part, by their number in it; a glyph may be there more than once. */
  readonly subset: { readonly glyphs: number[] };
  /** Widths in thousandths of the font size, by that number. */
  readonly widths: (number | undefined)[];
  /** What each is copied and searched as (ToUnicode), by that number. */
  readonly unicode: (readonly number[] | undefined)[];
};

/** A glyph as it is written into a page: at most one letter, so that readers need not know how to turn several round. */
type Cell = PlacedGlyph;

/** Draws laid out lines with one font of one document. */
export class LineDrawer {
  readonly #font: EmbeddedFont;
  readonly #blank: number;
  readonly #numbers = new Map<string, string>();

  constructor(font: EmbeddedFont, shaper: Shaper) {
    this.#font = font;
    this.#blank = shaper.blank;
  }

  /**
   * The operators that draw a line on a page as pdfkit sets it up, with y from the top: `left` and `baseline` in
   * points. Every glyph is copied and found as the letters it was made of. Words with glyphs that the font lacks carry
   * their own text as `ActualText`; the others do not, because Poppler reverses it in right-to-left text.
   */
  draw(line: Line, size: number, left: number, baseline: number): string {
    const operators = ['BT', `/${this.#font.id} ${size} Tf`];
    for (const run of line.runs) {
      if (run.isIncomplete) operators.push(`/Span <</ActualText <${utf16Hex(run.text)}>>> BDC`);
      this.#drawRun(run, size, left, baseline, operators);
      if (run.isIncomplete) operators.push('EMC');
    }
    operators.push('ET');
    return operators.join('\n');
  }

  /** Glyphs on the line that move the pen by their own width share a string; after any other the pen is set anew. */
  #drawRun(run: PlacedRun, size: number, left: number, baseline: number, operators: string[]): void {
    const cells = run.level % 2 === 1 ? run.glyphs.flatMap((glyph) => this.#split(glyph)) : run.glyphs;
    let pen = left + run.x;
    let string = '';
    let start = { x: pen, y: baseline };
    const endString = () => {
      if (string !== '') operators.push(`1 0 0 -1 ${decimal(start.x)} ${decimal(start.y)} Tm <${string}> Tj`);
      string = '';
    };
    for (const cell of cells) {
      const isOnLine = cell.offsetX === 0 && cell.offsetY === 0;
      if (!isOnLine) endString();
      if (string === '') {
        start = { x: pen + (cell.offsetX * size) / 1000, y: baseline - (cell.offsetY * size) / 1000 };
      }
      string += this.#number(cell);
      pen += (cell.advance * size) / 1000;
      if (!isOnLine || cell.advance !== cell.width) endString();
    }
    endString();
  }

  /**
   * A right-to-left ligature such as لا as one cell for each letter: the glyph for its last, on the left, and blanks for
   * the others. Readers turn right-to-left text round glyph by glyph; Poppler gives a glyph of two letters as «ال».
   */
  #split(glyph: PlacedGlyph): Cell[] {
    const letters = glyph.codePoints.toReversed();
    if (letters.length === 1) return [glyph];
    const share = 1 / letters.length;
    return letters.map((letter, index) => ({
      ...glyph,
      id: index === 0 ? glyph.id : this.#blank,
      codePoints: [letter],
      width: glyph.width * share,
      advance: glyph.advance * share,
    }));
  }

  /** The number in the embedded font, as four hexadecimal digits, of a glyph with this text and width. */
  #number({ id, codePoints, width }: Cell): string {
    const key = `${id} ${codePoints} ${width}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      const index = this.#font.subset.glyphs.push(id) - 1;
      this.#font.widths[index] = width;
      this.#font.unicode[index] = codePoints;
      number = index.toString(16).padStart(4, '0');
      this.#numbers.set(key, number);
    }
    return number;
  }
}

/** A PDF text string: UTF-16 with a byte order mark. */
function utf16Hex(text: string): string {
  return `feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}`;
}

function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
