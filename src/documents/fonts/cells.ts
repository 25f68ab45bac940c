import type { Direction } from '../layout/direction.ts';
import type { Face, RawGlyph } from './face.ts';

/** A glyph as it is drawn and copied. Lengths are in thousandths of the font size. */
export type Cell = {
  readonly face: Face;
  readonly id: number;
  /** The text that copy and search give for it, in the order in which it is seen from left to right. */
  readonly text: string;
  /** The width that the PDF declares for the glyph, and the pen's advance here (kerning, marks). */
  readonly width: number;
  readonly advance: number;
  readonly offsetX: number;
  readonly offsetY: number;
};

/**
 * Text as cells from left to right. Where glyphs and characters do not map one to one (stacked marks, syllables
 * whose glyphs are reordered), the visible cells have no text, and a text layer of blank cells of the same total width
 * holds it.
 */
export type Cells = { readonly cells: readonly Cell[]; readonly textLayer: readonly Cell[] | null };

/** A cluster: glyphs that stand for some characters together, both in logical order. */
type Group = { readonly glyphs: RawGlyph[]; letters: string };

/**
 * Maps shaped glyphs to their text, so that PDF readers extract it in logical order. Readers sort glyphs by
 * position and reverse right-to-left text glyph by glyph; they differ on glyphs of several characters. In
 * right-to-left text, a ligature such as لا therefore becomes one cell for each character: the leftmost, for the
 * last character, draws the glyph, the others are blank. Only a half-space joins the letter before it
 * (`withNonJoiners`).
 * @param text the shaped text, of one direction
 */
export function toCells(face: Face, glyphs: readonly RawGlyph[], text: string, direction: Direction): Cells {
  const isRightToLeft = direction === 'rtl';
  const groups = groupGlyphs(isRightToLeft ? glyphs.toReversed() : glyphs, text);
  const lettersOf = ({ letters }: Group) => (isRightToLeft ? Array.from(letters) : [letters]);
  if (groups.every(isPlain)) {
    const plain = groups.flatMap((group) =>
      group.glyphs.flatMap((glyph) => shared(cellOf(face, glyph), lettersOf(group))),
    );
    return { cells: isRightToLeft ? withNonJoiners(plain).reverse() : plain, textLayer: null };
  }
  const layer = groups.flatMap((group) => textLayerCells(face, group, lettersOf(group)));
  return {
    cells: glyphs.map((glyph) => seenOnly(cellOf(face, glyph))),
    textLayer: isRightToLeft ? withNonJoiners(separated(layer)).reverse() : layer,
  };
}

/** Returns the same cells with the text moved to a text layer of blank cells. */
export function withTextLayer({ cells, textLayer }: Cells): {
  cells: readonly Cell[];
  textLayer: readonly Cell[];
} {
  if (textLayer !== null) return { cells, textLayer };
  return {
    cells: cells.map(seenOnly),
    textLayer: cells.map((cell) => blankCell(cell.face, cell.text, cell.advance)),
  };
}

/**
 * Replaces a cell's text by U+200B (zero width space), because some readers print the number of a glyph without
 * text.
 */
function seenOnly(cell: Cell): Cell {
  return { ...cell, text: '\u200b' };
}

/** Groups the glyphs of a cluster; marks without advance join the cluster before them. */
function groupGlyphs(logical: readonly RawGlyph[], text: string): Group[] {
  const groups: Group[] = [];
  for (let start = 0; start < logical.length; ) {
    const cluster = logical[start]?.cluster ?? 0;
    let end = start + 1;
    while (end < logical.length && logical[end]?.cluster === cluster) end++;
    const glyphs = logical.slice(start, end);
    const letters = text.slice(cluster, logical[end]?.cluster ?? text.length);
    const last = groups.at(-1);
    if (last !== undefined && startsWithMark.test(letters) && advanceOf(glyphs) === 0) {
      last.glyphs.push(...glyphs);
      last.letters += letters;
    } else groups.push({ glyphs, letters });
    start = end;
  }
  return groups;
}

const startsWithMark = /^\p{M}/u;
/** Matches a cluster of a letter and its mark. */
const hasMark = /\p{M}/u;

function advanceOf(glyphs: readonly RawGlyph[]): number {
  return glyphs.reduce((sum, glyph) => sum + glyph.advance, 0);
}

function isPlain({ glyphs: [glyph, second], letters }: Group): boolean {
  return second === undefined && glyph?.offsetX === 0 && glyph.offsetY === 0 && !hasMark.test(letters);
}

/** HarfBuzz draws a zero-width non-joiner as a space without advance. */
function cellOf(face: Face, { id, advance, offsetX, offsetY }: RawGlyph): Cell {
  const isUnseen = advance === 0 && id === face.blank;
  return { face, id, text: '', width: isUnseen ? 0 : face.width(id), advance, offsetX, offsetY };
}

function blankCell(face: Face, text: string, width: number): Cell {
  return { face, id: face.blank, text, width, advance: width, offsetX: 0, offsetY: 0 };
}

/** Divides a glyph's width among its characters; the last one draws it. */
function shared(cell: Cell, letters: readonly string[]): Cell[] {
  const [width, advance] = [cell.width / letters.length, cell.advance / letters.length];
  return letters.map((text, index) =>
    index === letters.length - 1
      ? { ...cell, text, width, advance }
      : { ...blankCell(cell.face, text, width), advance },
  );
}

/**
 * Returns the cells of a text layer, which is invisible: base characters share the width, and marks have none, as
 * readers expect. They have a glyph with ink, because PDFium leaves out text that has none.
 */
function textLayerCells(face: Face, { glyphs }: Group, letters: readonly string[]): Cell[] {
  const bases = letters.filter((text) => !startsWithMark.test(text));
  const wide = bases.length > 0 ? bases : letters;
  const width = advanceOf(glyphs) / wide.length;
  const id = glyphs[0]?.id ?? face.blank;
  return letters.map((text) => ({ ...blankCell(face, text, wide.includes(text) ? width : 0), id }));
}

const nonJoiner = '\u200c';

/**
 * Gives half-spaces to the letters before them, because pdf.js leaves out a glyph whose text ends with an invisible
 * character.
 * @param logical cells of right-to-left text in logical order
 */
function withNonJoiners(logical: readonly Cell[]): Cell[] {
  const cells: Cell[] = [];
  for (const cell of logical) {
    const before = cells.at(-1);
    if (cell.text === nonJoiner && cell.advance === 0 && before !== undefined) {
      cells[cells.length - 1] = { ...before, text: nonJoiner + before.text };
    } else cells.push(cell);
  }
  return cells;
}

/** Signs that PDFium takes together with a mark as a number and does not reverse (UAX #9: CS, ES, ET, EN, AN). */
const likeNumbers = /^[.,:،/+\-%$#°٪\p{Nd}]/u;
export const rightToLeftMark = '\u200f';

/**
 * Puts a right-to-left mark between a mark and a sign that PDFium would put on the wrong side of it, as in «لطفاً،».
 */
function separated(logical: readonly Cell[]): Cell[] {
  return logical.flatMap((cell, index) => {
    const next = logical[index + 1];
    if (!startsWithMark.test(cell.text) || next === undefined || !likeNumbers.test(next.text)) return [cell];
    return [cell, { ...cell, text: rightToLeftMark }];
  });
}
