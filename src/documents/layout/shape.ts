import type { Font } from 'fontkit';
import { type Direction, mirrored } from './direction.ts';

/** One glyph as it is drawn, from left to right. Lengths are in thousandths of the font size. */
export type PlacedGlyph = {
  readonly id: number;
  /** The characters it stands for. */
  readonly codePoints: readonly number[];
  /** The font's own width of the glyph, and how far the pen moves here (kerning, marks). */
  readonly width: number;
  readonly advance: number;
  readonly offsetX: number;
  readonly offsetY: number;
};

/** A piece of text of one direction, shaped. */
export type ShapedText = {
  readonly glyphs: readonly PlacedGlyph[];
  /** In thousandths of the font size. */
  readonly width: number;
  /** True when the font has no glyph for part of the text. */
  readonly isIncomplete: boolean;
};

/** Drawn in place of a grapheme that the font lacks; Vazirmatn has no U+25A1. */
const substitute = '?';
/** Words are shaped once; a full cache starts over. About 1 kB each. */
const mostCached = 20_000;
/** The half-space and the joiner shape their neighbours, though nothing of them is seen; the rest is left out. */
const ignorable = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/gu;
/** More marks on a letter than any language has (30: UAX #15, stream-safe text) only cost time. */
const excessMarks = /(\p{M}{30})\p{M}+/gu;
/** Letters of another script than Arabic, and of a real one. */
const otherScript = /(?!\p{Script=Arabic}|\p{Script=Common}|\p{Script=Inherited})\P{Cn}/u;
const joinControl = /\p{Join_Control}/u;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Shapes text with one font and remembers what it shaped. */
export class Shaper {
  readonly font: Font;
  readonly #cache = new Map<string, ShapedText>();
  readonly #scale: number;

  constructor(font: Font) {
    this.font = font;
    this.#scale = 1000 / font.unitsPerEm;
  }

  /** Shapes a piece of one embedding level. The text is in logical order, as it is read. */
  shape(text: string, direction: Direction): ShapedText {
    const key = (direction === 'rtl' ? '<' : '>') + text;
    let shaped = this.#cache.get(key);
    if (shaped === undefined) {
      if (this.#cache.size >= mostCached) this.#cache.clear();
      shaped = this.#shape(text, direction);
      this.#cache.set(key, shaped);
    }
    return shaped;
  }

  /**
   * fontkit wants logical order and, for `rtl`, reverses the glyphs itself after joining them. What it must not be
   * given is reversed text (letters would join backwards), a piece with digits marked as `rtl` (they are of an even
   * level; it would print ۱۲۳ as ۳۲۱), or no direction (it takes the script's, which for Persian digits is `rtl` too).
   * It does not mirror brackets.
   */
  #shape(text: string, direction: Direction): ShapedText {
    const visible = text.replace(ignorable, '').replace(excessMarks, '$1');
    const drawn = this.#drawable(visible);
    const letters = direction === 'rtl' ? mirrored(drawn) : drawn;
    // Punctuation takes the script of the text around it, as in browsers: the font kerns it otherwise elsewhere.
    const script = direction === 'rtl' && !otherScript.test(drawn) ? 'arab' : undefined;
    const run = this.font.layout(letters, undefined, script, undefined, direction);
    // fontkit puts a space without width where a half-space or a joiner was.
    const joinControls = Array.from(drawn).filter((character) => joinControl.test(character));
    if (direction === 'rtl') joinControls.reverse();
    const glyphs: PlacedGlyph[] = [];
    let width = 0;
    for (const [index, glyph] of run.glyphs.entries()) {
      const position = run.positions[index];
      if (position === undefined) continue;
      const isJoinControl = glyph.id === this.#space && position.xAdvance === 0;
      const codePoint = isJoinControl ? joinControls.shift()?.codePointAt(0) : undefined;
      glyphs.push({
        id: codePoint === undefined ? glyph.id : this.blank,
        codePoints: codePoint === undefined ? glyph.codePoints : [codePoint],
        width: codePoint === undefined ? glyph.advanceWidth * this.#scale : 0,
        advance: position.xAdvance * this.#scale,
        offsetX: position.xOffset * this.#scale,
        offsetY: position.yOffset * this.#scale,
      });
      width += position.xAdvance * this.#scale;
    }
    return { glyphs, width, isIncomplete: drawn !== visible };
  }

  /** A glyph that shows nothing: the half-space's, else the space. */
  get blank(): number {
    const halfSpace = 0x200c;
    return this.font.hasGlyphForCodePoint(halfSpace)
      ? this.font.glyphForCodePoint(halfSpace).id
      : this.#space;
  }

  get #space(): number {
    return this.font.glyphForCodePoint(0x20).id;
  }

  /** The text with a question mark for each grapheme that the font cannot draw. */
  #drawable(visible: string): string {
    if (this.#hasAll(visible)) return visible;
    let result = '';
    for (const { segment } of graphemes.segment(visible))
      result += this.#hasAll(segment) ? segment : substitute;
    return result;
  }

  #hasAll(text: string): boolean {
    for (const character of text) {
      if (joinControl.test(character)) continue;
      if (!this.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return false;
    }
    return true;
  }
}
