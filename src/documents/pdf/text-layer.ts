import { type Cell, rightToLeftMark, withTextLayer } from '../fonts/cells.ts';
import type { Face } from '../fonts/face.ts';
import type { PlacedRun } from '../layout/paragraph.ts';

/**
 * A piece of a text layer: its cells, its left end as a distance from that of the column in points, and their stretch.
 */
export type LayerPiece = { readonly cells: readonly Cell[]; readonly x: number; readonly stretch: number };

/**
 * Gap between a word that ends with a mark and the word on its left, as readers see it, in ems. pdf.js takes up to 0.1
 * for none, Poppler takes 0.03 and more for a space.
 */
const markGap = 0.065;

/**
 * Returns true for a right-to-left run that ends with a mark: it is the first thing on its left. pdf.js would put a
 * space before the mark and another one after it.
 */
export function endsWithMark(run: PlacedRun | undefined): boolean {
  return run !== undefined && run.level % 2 === 1 && run.textLayer?.[0]?.width === 0;
}

/** Returns the invisible text of a run that has a text layer. */
export function unseenPieces(runs: readonly PlacedRun[], index: number, size: number): LayerPiece[] {
  const run = runs[index] as PlacedRun;
  const before = runs[index - 1];
  if (endsWithMark(run) && before?.isSpace !== false) return markedPieces(run, before, runs[index - 2], size);
  return [{ cells: run.textLayer ?? [], x: run.x, stretch: 1 }];
}

/**
 * Returns the invisible text of a run that ends with a mark. Its last letter reaches to the left up to `markGap` from
 * the word there, so that pdf.js finds no place for a second space.
 * @param before the run on its left: a space, or none at the left end of a line
 * @param beyond the run on the left of the space
 * @param size font size in points
 */
function markedPieces(
  run: PlacedRun,
  before: PlacedRun | undefined,
  beyond: PlacedRun | undefined,
  size: number,
): LayerPiece[] {
  const layer = run.textLayer ?? [];
  const at = layer.findIndex(({ width }) => width > 0);
  const letter = layer[at];
  if (letter === undefined) return [{ cells: layer, x: run.x, stretch: 1 }];
  const start = before === undefined ? run.x : before.x + markGap * size;
  const width = (letter.width * size) / 1000;
  const end = run.x + width;
  const pieces = [
    { cells: [...separator(layer, beyond), ...layer.slice(0, at)], x: start, stretch: 1 },
    { cells: [letter], x: start, stretch: (end - start) / width },
    { cells: layer.slice(at + 1), x: end, stretch: 1 },
  ];
  if (before !== undefined) return pieces;
  return [{ cells: lineEndOf(letter.face), x: run.x - (lineEndWidth * size) / 1000, stretch: 1 }, ...pieces];
}

/** Returns a right-to-left mark where PDFium would take the mark along with what is no right-to-left letter. */
function separator([mark]: readonly Cell[], beyond: PlacedRun | undefined): Cell[] {
  if (mark === undefined || beyond === undefined) return [];
  if (beyond.level % 2 === 1 && /^\p{L}/u.test(beyond.text)) return [];
  return [{ ...mark, text: rightToLeftMark }];
}

/** Returns the invisible space on the left of a run that ends with a mark. */
export function markedSpace(space: PlacedRun, { textLayer }: PlacedRun): LayerPiece {
  const face = textLayer?.[0]?.face;
  if (face === undefined) return { cells: space.cells, x: space.x, stretch: 1 };
  return { cells: spaceOf(face), x: space.x, stretch: (markGap * 1000) / spaceWidth };
}

const inFonts = new WeakMap<Face, WeakMap<readonly Cell[], Pick<PlacedRun, 'cells' | 'textLayer'>>>();

const letter = /\p{L}/u;

/**
 * Returns the runs of a line so that all of its text is read in the font of its right-to-left letters, if there are
 * any: pdf.js reverses each stretch of a font by itself, and leaves the stretches in their order from left to right.
 */
export function inOneFont(runs: readonly PlacedRun[]): readonly PlacedRun[] {
  const face = runs.find(({ level, text }) => level % 2 === 1 && letter.test(text))?.cells[0]?.face;
  const isOther = (run: PlacedRun) => (run.textLayer ?? run.cells)[0]?.face !== face;
  return face === undefined || !runs.some(isOther) ? runs : runs.map((run) => readIn(run, face));
}

function readIn(run: PlacedRun, face: Face): PlacedRun {
  const own = (run.textLayer ?? run.cells)[0]?.face;
  if (own === undefined || own === face) return run;
  const known = inFonts.get(face) ?? new WeakMap();
  inFonts.set(face, known);
  let read = known.get(run.cells);
  if (read === undefined) {
    const { cells, textLayer } = withTextLayer(run);
    const id = run.isSpace ? face.blank : face.inked;
    read = { cells, textLayer: textLayer.map((cell) => ({ ...cell, face, id })) };
    known.set(run.cells, read);
  }
  return { ...run, ...read };
}

/** In thousandths of the font size. */
const spaceWidth = 250;
const lineEndWidth = 20;

/** Returns a space with ink; PDFium leaves out text without, and the gap is too small for it to see one. */
const spaceOf = madeOnce((face) => invisible(face, face.inked, ' ', spaceWidth));

/**
 * Returns what tells pdf.js that a line begins before the mark that is its first sign; it would take the mark for the
 * last one of the line above. For other readers the line ends with a direction mark.
 */
const lineEndOf = madeOnce((face) => invisible(face, face.blank, `${rightToLeftMark} `, lineEndWidth));

function invisible(face: Face, id: number, text: string, width: number): Cell {
  return { face, id, text, width, advance: width, offsetX: 0, offsetY: 0 };
}

/** Returns a function that makes one cell for each font, because glyph strings are cached by their cells. */
function madeOnce(make: (face: Face) => Cell): (face: Face) => readonly Cell[] {
  const made = new WeakMap<Face, readonly Cell[]>();
  return (face) => {
    const known = made.get(face);
    if (known !== undefined) return known;
    const cells = [make(face)];
    made.set(face, cells);
    return cells;
  };
}
