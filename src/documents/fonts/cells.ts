import type { Direction } from '../layout/direction.ts';
import type { Face, RawGlyph } from './face.ts';

/** A glyph as it is drawn and copied. Lengths are in thousandths of the font size. */
export type Cell = {
  readonly face: Face;
  readonly id: number;
  /** What is copied and found for it: in right-to-left text at most one character. */
  readonly text: string;
  /** The width that the PDF tells for the glyph, and how far the pen moves here (kerning, marks). */
  readonly width: number;
  readonly advance: number;
  readonly offsetX: number;
  readonly offsetY: number;
};

/**
 * Text as cells from left to right. Where glyphs and letters do not go together one by one (marks above and below,
 * syllables whose glyphs stand in another order) what is seen has no text, and blanks of the same width carry it.
 */
export type Cells = { readonly cells: readonly Cell[]; readonly carriers: readonly Cell[] | null };

/** Glyphs that stand for some letters together, both in logical order. */
type Group = { readonly glyphs: RawGlyph[]; letters: string };

/**
 * Shaped glyphs with the text that each stands for, so that a PDF's readers get it back in logical order. They sort
 * glyphs by place and turn right-to-left text round glyph by glyph; a glyph of several letters they turn or not, each
 * in its own way. So in right-to-left text a ligature such as لا becomes one cell for each letter, the glyph in the
 * last, on the left, and blanks in the others.
 * @param text what was shaped, of one direction
 */
export function toCells(face: Face, glyphs: readonly RawGlyph[], text: string, direction: Direction): Cells {
  const isRightToLeft = direction === 'rtl';
  const groups = groupGlyphs(isRightToLeft ? glyphs.toReversed() : glyphs, text);
  const inOrder = (cells: Cell[]) => (isRightToLeft ? cells.reverse() : cells);
  const lettersOf = ({ letters }: Group) => (isRightToLeft ? Array.from(letters) : [letters]);
  if (groups.every(isPlain)) {
    const plain = groups.flatMap((group) =>
      group.glyphs.flatMap((glyph) => shared(cellOf(face, glyph), lettersOf(group))),
    );
    return { cells: inOrder(plain), carriers: null };
  }
  return {
    cells: glyphs.map((glyph) => seenOnly(cellOf(face, glyph))),
    carriers: inOrder(groups.flatMap((group) => carriersOf(face, group, lettersOf(group)))),
  };
}

/** The same text carried by blanks, and what is seen without it. */
export function carried({ cells, carriers }: Cells): { cells: readonly Cell[]; carriers: readonly Cell[] } {
  if (carriers !== null) return { cells, carriers };
  return {
    cells: cells.map(seenOnly),
    carriers: cells.map((cell) => blankCell(cell.face, cell.text, cell.advance)),
  };
}

/** A zero width space (U+200B): readers that go by glyphs alone take one without text for its number, and print that. */
function seenOnly(cell: Cell): Cell {
  return { ...cell, text: '\u200b' };
}

/** Glyphs of one cluster go together, and marks, which take no room, with the letter before them. */
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
/** A glyph for a letter and its mark. */
const hasMark = /\p{M}/u;

function advanceOf(glyphs: readonly RawGlyph[]): number {
  return glyphs.reduce((sum, glyph) => sum + glyph.advance, 0);
}

function isPlain({ glyphs: [glyph, second], letters }: Group): boolean {
  return second === undefined && glyph?.offsetX === 0 && glyph.offsetY === 0 && !hasMark.test(letters);
}

/** What HarfBuzz draws for a half-space is a space without width. */
function cellOf(face: Face, { id, advance, offsetX, offsetY }: RawGlyph): Cell {
  const isUnseen = advance === 0 && id === face.blank;
  return { face, id, text: '', width: isUnseen ? 0 : face.width(id), advance, offsetX, offsetY };
}

function blankCell(face: Face, text: string, width: number): Cell {
  return { face, id: face.blank, text, width, advance: width, offsetX: 0, offsetY: 0 };
}

/** A glyph's width shared among its letters; it is drawn for the last. */
function shared(cell: Cell, letters: readonly string[]): Cell[] {
  const [width, advance] = [cell.width / letters.length, cell.advance / letters.length];
  return letters.map((text, index) =>
    index === letters.length - 1
      ? { ...cell, text, width, advance }
      : { ...blankCell(cell.face, text, width), advance },
  );
}

/** Letters share the width; marks on them have none, as readers think of marks. */
function carriersOf(face: Face, { glyphs }: Group, letters: readonly string[]): Cell[] {
  const bases = letters.filter((text) => !startsWithMark.test(text));
  const wide = bases.length > 0 ? bases : letters;
  const width = advanceOf(glyphs) / wide.length;
  return letters.map((text) => blankCell(face, text, wide.includes(text) ? width : 0));
}
