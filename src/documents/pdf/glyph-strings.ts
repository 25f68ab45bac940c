import type { Cell } from '../fonts/cells.ts';
import type { EmbeddedFonts } from './embedded-font.ts';

/**
 * Glyphs that one operator draws: they are on the baseline and advance by their own width, or it is one glyph. Lengths
 * are in thousandths of the font size.
 */
export type GlyphString = {
  readonly font: string;
  /** The glyphs' numbers in the file, each as four hexadecimal digits. */
  readonly numbers: string;
  readonly offsetX: number;
  readonly offsetY: number;
  /** The advance of each glyph. */
  readonly advances: readonly number[];
};

/** Glyph strings of shaped words. Cached shaping gives the same arrays again for the same word. */
export class GlyphStrings {
  readonly #fonts: EmbeddedFonts;
  readonly #seen = new WeakMap<readonly Cell[], readonly GlyphString[]>();

  constructor(fonts: EmbeddedFonts) {
    this.#fonts = fonts;
  }

  /** Returns the glyph strings of a word, from left to right. */
  of(cells: readonly Cell[]): readonly GlyphString[] {
    let strings = this.#seen.get(cells);
    if (strings === undefined) {
      strings = this.#merge(cells);
      this.#seen.set(cells, strings);
    }
    return strings;
  }

  #merge(cells: readonly Cell[]): GlyphString[] {
    const strings: (GlyphString & { numbers: string; advances: number[] })[] = [];
    let isOpen = false;
    for (const cell of cells) {
      const { font, number } = this.#fonts.cell(cell);
      const { offsetX, offsetY, advance, width } = cell;
      const isOnLine = offsetX === 0 && offsetY === 0;
      const last = strings.at(-1);
      if (isOpen && isOnLine && last?.font === font) {
        last.numbers += number;
        last.advances.push(advance);
      } else strings.push({ font, numbers: number, offsetX, offsetY, advances: [advance] });
      isOpen = isOnLine && advance === width;
    }
    return strings;
  }
}
