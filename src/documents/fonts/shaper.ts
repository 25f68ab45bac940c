import type { Direction } from '../layout/direction.ts';
import { type Cell, type Cells, carried, toCells } from './cells.ts';
import { type Face, type Ink, openFace } from './face.ts';
import { type Family, familiesFor, type Weight } from './families.ts';

/** A piece of text of one direction, shaped. Lengths are in thousandths of the font size. */
export type ShapedText = Ink &
  Cells & {
    readonly width: number;
    /** What no font has: U+FFFD is drawn for it, and it is still copied and found as what it is. */
    readonly undrawn: readonly string[];
  };

/** Drawn in place of a grapheme that every font lacks. */
const substitute = '\ufffd';
/** Words are shaped once; a full cache starts over. About 1 kB each. */
const mostCached = 20_000;
/**
 * Of what is never seen, half-space and joiner shape their neighbours, variation selectors and tags choose an emoji;
 * the rest is left out.
 */
const ignorable =
  /(?!\p{Join_Control}|\ufe0e|\ufe0f|[\u{e0020}-\u{e007f}])\p{Default_Ignorable_Code_Point}/gu;
const unseen = /\p{Default_Ignorable_Code_Point}/u;
/** More marks on a letter than any language has (30: UAX #15, stream-safe text) only cost time. */
const excessMarks = /(\p{M}{30})\p{M}+/gu;
const arabic = /\p{scx=Arab}/u;
const hasOtherScript = /(?!\p{scx=Arab}|\p{Script=Common}|\p{Script=Inherited})\P{Cn}/u;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A stretch of text for one font; none has it where `face` is null. */
type Stretch = { readonly face: Face | null; readonly text: string };

/** Shapes text with the first fonts that have its characters, and remembers what it shaped. */
export class Shaper {
  readonly #families: readonly Family[];
  readonly #weight: Weight;
  readonly #language: string;
  readonly #cache = new Map<string, ShapedText>();

  /** @param language BCP 47 tag of the text: languages share characters and draw some of them differently */
  constructor(families: readonly Family[], weight: Weight, language: string) {
    this.#families = families;
    this.#weight = weight;
    this.#language = language;
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

  #shape(text: string, direction: Direction): ShapedText {
    const visible = text.replace(ignorable, '').replace(excessMarks, '$1');
    const stretches = this.#stretches(visible);
    // Punctuation takes the script of the text around it, as in browsers: the font kerns it otherwise elsewhere.
    const script = direction === 'rtl' && !hasOtherScript.test(visible) ? 'Arab' : null;
    const pieces = stretches.map(({ face, text: part }) =>
      face === null
        ? this.#substitutes(part, direction)
        : toCells(face, face.shape(part, direction, script, this.#language), part, direction),
    );
    const drawn = join(direction === 'rtl' ? pieces.reverse() : pieces);
    const undrawn = stretches.flatMap(({ face, text: part }) => (face === null ? [part] : []));
    return { ...drawn, ...measure(drawn.cells), undrawn };
  }

  /** The text cut where the font changes; each grapheme that no font has is a stretch of its own. */
  #stretches(text: string): Stretch[] {
    if (text === '') return [];
    // A word in two fonts looks patched, and Arabic letters of two fonts do not join.
    const whole = this.#faceFor(text);
    if (whole !== null) return [{ face: whole, text }];
    const joined = arabic.test(text) ? this.#faceOfJoined(text) : null;
    const stretches: Stretch[] = [];
    for (const { segment } of graphemes.segment(text)) {
      const face = joined !== null && arabic.test(segment) ? joined : this.#faceFor(segment);
      const last = stretches.at(-1);
      if (last !== undefined && face !== null && last.face === face) {
        stretches[stretches.length - 1] = { face, text: last.text + segment };
      } else stretches.push({ face, text: segment });
    }
    return stretches;
  }

  /** Of a word that no font has wholly, the Arabic letters are still all of one font, if one has them. */
  #faceOfJoined(text: string): Face | null {
    return this.#faceFor(
      Array.from(text)
        .filter((character) => arabic.test(character))
        .join(''),
    );
  }

  /** The first font that has all of a text. */
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
    if (face === null) return { cells: [], carriers: null };
    const [glyph] = face.shape(substitute, direction, null, this.#language);
    return toCells(face, glyph === undefined ? [] : [glyph], grapheme, direction);
  }
}

/** Pieces from left to right as one; blanks carry the text of all or of none. */
function join(pieces: readonly Cells[]): Cells {
  if (pieces.every(({ carriers }) => carriers === null)) {
    return { cells: pieces.flatMap(({ cells }) => cells), carriers: null };
  }
  const all = pieces.map(carried);
  return { cells: all.flatMap(({ cells }) => cells), carriers: all.flatMap(({ carriers }) => carriers) };
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

/** A shaper for each weight. */
export type Shapers = Readonly<Record<Weight, Shaper>>;

const mostLanguages = 8;
const byLanguage = new Map<string, Shapers>();

/** The shapers for text in a language; what they shaped is kept for the next document in it. */
export function shapersFor(language: string): Shapers {
  let shapers = byLanguage.get(language);
  if (shapers === undefined) {
    if (byLanguage.size >= mostLanguages) byLanguage.clear();
    shapers = createShapers(familiesFor(language), language);
    byLanguage.set(language, shapers);
  }
  return shapers;
}

/** Shapers with fonts of one's choice, such as those that are always installed. */
export function createShapers(families: readonly Family[], language: string): Shapers {
  return {
    regular: new Shaper(families, 'regular', language),
    bold: new Shaper(families, 'bold', language),
  };
}
