import type { Direction } from '../layout/direction.ts';
import { foreignLanguage } from '../layout/run-language.ts';
import { type Cell, type Cells, toCells, withTextLayer } from './cells.ts';
import { type Face, type Ink, openFace } from './face.ts';
import { type Family, familiesFor, type Weight } from './families.ts';

/** A shaped piece of text of one direction. Lengths are in thousandths of the font size. */
export type ShapedText = Ink &
  Cells & {
    readonly width: number;
    /**
     * Characters that no font has; each is drawn as U+FFFD and keeps its code point when it is copied or
     * searched.
     */
    readonly missingGlyphs: readonly string[];
    /** The language of letters that are not of the document's script; null for all other text. */
    readonly language: string | null;
  };

/** Missing glyph: drawn in place of a grapheme that no font has. */
const substitute = '\ufffd';
/** Maximum cached words, about 1 kB each; a full cache is emptied. */
const maxCached = 20_000;
/**
 * Default-ignorable characters that are dropped. Joiners and non-joiners stay, because they shape their
 * neighbours; variation selectors and tags stay, because they select an emoji.
 */
const ignorable =
  /(?!\p{Join_Control}|\ufe0e|\ufe0f|[\u{e0020}-\u{e007f}])\p{Default_Ignorable_Code_Point}/gu;
const unseen = /\p{Default_Ignorable_Code_Point}/u;
/** Marks beyond 30 on a letter (UAX #15, stream-safe text) occur in no language and only cost time. */
const excessMarks = /(\p{M}{30})\p{M}+/gu;
const arabic = /\p{scx=Arab}/u;
const pictographic = /\p{Extended_Pictographic}/u;
/** An emoji that is shown as a picture. */
const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u;
const hasOtherScript = /(?!\p{scx=Arab}|\p{Script=Common}|\p{Script=Inherited})\P{Cn}/u;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A run of text in one font; `face` is null if no font has it. */
type Stretch = { readonly face: Face | null; readonly text: string };

/** Shapes text with the first fonts that have its characters, and caches the results. */
export class Shaper {
  readonly #families: readonly Family[];
  readonly #weight: Weight;
  readonly #language: string;
  readonly #cache = new Map<string, ShapedText>();

  /** @param language BCP 47 tag of the text; languages draw some shared characters differently */
  constructor(families: readonly Family[], weight: Weight, language: string) {
    this.#families = families;
    this.#weight = weight;
    this.#language = language;
  }

  /** Shapes a piece of one embedding level. The text is in logical order. */
  shape(text: string, direction: Direction): ShapedText {
    const key = (direction === 'rtl' ? '<' : '>') + text;
    let shaped = this.#cache.get(key);
    if (shaped === undefined) {
      if (this.#cache.size >= maxCached) this.#cache.clear();
      shaped = this.#shape(text, direction);
      this.#cache.set(key, shaped);
    }
    return shaped;
  }

  #shape(text: string, direction: Direction): ShapedText {
    const visible = text.replace(ignorable, '').replace(excessMarks, '$1');
    const stretches = splitAtEmoji(visible).flatMap((piece) => this.#stretches(piece));
    // Punctuation takes the script of the surrounding text, as in browsers, because the font kerns it by script. Emoji
    // stay without a script: sequences of several become one glyph only by the rules of that.
    const isArabic = direction === 'rtl' && !hasOtherScript.test(visible);
    const scriptOf = (piece: string) => (isArabic && !pictographic.test(piece) ? 'Arab' : null);
    const pieces = stretches.map(({ face, text: stretchText }) =>
      face === null
        ? this.#substitutes(stretchText, direction)
        : toCells(
            face,
            face.shape(stretchText, direction, scriptOf(stretchText), this.#language),
            stretchText,
            direction,
          ),
    );
    const drawn = join(direction === 'rtl' ? pieces.reverse() : pieces);
    const missingGlyphs = stretches.flatMap(({ face, text: stretchText }) =>
      face === null ? [stretchText] : [],
    );
    const language = foreignLanguage(visible, this.#language);
    return { ...drawn, ...measure(drawn.cells), missingGlyphs, language };
  }

  /** Splits the text where the font changes; each grapheme that no font has is a run of its own. */
  #stretches(text: string): Stretch[] {
    if (text === '') return [];
    // A word in two fonts looks patched, and Arabic letters of two fonts do not join.
    const whole = this.#faceFor(text);
    if (whole !== null) return [{ face: whole, text }];
    const connected = arabic.test(text) ? this.#faceOfConnected(text) : null;
    const stretches: Stretch[] = [];
    for (const { segment } of graphemes.segment(text)) {
      const face = connected !== null && arabic.test(segment) ? connected : this.#faceFor(segment);
      const last = stretches.at(-1);
      if (last !== undefined && face !== null && last.face === face) {
        stretches[stretches.length - 1] = { face, text: last.text + segment };
      } else stretches.push({ face, text: segment });
    }
    return stretches;
  }

  /** Returns one font for all Arabic letters of a word that no single font has; null if there is none. */
  #faceOfConnected(text: string): Face | null {
    return this.#faceFor(
      Array.from(text)
        .filter((character) => arabic.test(character))
        .join(''),
    );
  }

  /** Returns the first font that has all characters of a text. */
  #faceFor(text: string): Face | null {
    for (const family of this.#families) {
      if (family.covers?.test(text) === false) continue;
      const face = openFace(family, this.#weight);
      if (face !== null && hasAll(face, text)) return face;
    }
    return null;
  }

  #substitutes(grapheme: string, direction: Direction): Cells {
    const face = this.#faceFor(substitute);
    if (face === null) return { cells: [], textLayer: null };
    const [glyph] = face.shape(substitute, direction, null, this.#language);
    return toCells(face, glyph === undefined ? [] : [glyph], grapheme, direction);
  }
}

/** Splits text before and after emoji, which have a font of their own beside any character, as in browsers. */
function splitAtEmoji(text: string): string[] {
  if (!emoji.test(text)) return [text];
  const pieces: string[] = [];
  let isAfterEmoji: boolean | null = null;
  for (const { segment } of graphemes.segment(text)) {
    const isEmoji = emoji.test(segment);
    if (isEmoji === isAfterEmoji) pieces[pieces.length - 1] += segment;
    else pieces.push(segment);
    isAfterEmoji = isEmoji;
  }
  return pieces;
}

/** Joins pieces from left to right; the text layer holds the text of all pieces or of none. */
function join(pieces: readonly Cells[]): Cells {
  if (pieces.every(({ textLayer }) => textLayer === null)) {
    return { cells: pieces.flatMap(({ cells }) => cells), textLayer: null };
  }
  const all = pieces.map(withTextLayer);
  return { cells: all.flatMap(({ cells }) => cells), textLayer: all.flatMap(({ textLayer }) => textLayer) };
}

function hasAll(face: Face, text: string): boolean {
  for (const character of text) {
    if (!face.covers(character.codePointAt(0) ?? 0) && !unseen.test(character)) return false;
  }
  return true;
}

function measure(cells: readonly Cell[]): Ink & { width: number } {
  let [width, above, below] = [0, 0, 0];
  for (const { face, id, advance, offsetY } of cells) {
    const ink = face.ink(id);
    width += advance;
    above = Math.max(above, ink.above + offsetY);
    below = Math.max(below, ink.below - offsetY);
  }
  return { width, above, below };
}

/** One shaper for each weight. */
export type Shapers = Readonly<Record<Weight, Shaper>>;

const maxLanguages = 8;
const byLanguage = new Map<string, Shapers>();

/** Returns the shapers for a language; their caches are kept for the next document. */
export function shapersFor(language: string): Shapers {
  let shapers = byLanguage.get(language);
  if (shapers === undefined) {
    if (byLanguage.size >= maxLanguages) byLanguage.clear();
    shapers = createShapers(familiesFor(language), language);
    byLanguage.set(language, shapers);
  }
  return shapers;
}

/** Creates shapers with given fonts, such as only those that are always installed. */
export function createShapers(families: readonly Family[], language: string): Shapers {
  return {
    regular: new Shaper(families, 'regular', language),
    bold: new Shaper(families, 'bold', language),
  };
}
