import type { Cell } from '../fonts/cells.ts';
import type { Line } from '../layout/paragraph.ts';
import type { EmbeddedFonts } from './embedded-font.ts';

/**
 * Returns the operators that draw a line on a page as pdfkit sets it up, with y growing downwards. Runs come from
 * left to right: readers that do not sort by position expect this before they reverse right-to-left runs. Where
 * a text layer holds a run's text, its visible glyphs follow the text of the whole line and have an empty
 * `ActualText`, so that no reader extracts them.
 * @param left in points, like `size` and `baseline`
 */
export function drawLine(
  { runs }: Line,
  fonts: EmbeddedFonts,
  size: number,
  left: number,
  baseline: number,
): string {
  const writer = new TextOperators(size);
  for (const run of runs) drawCells(writer, run.textLayer ?? run.cells, fonts, left + run.x, baseline);
  const overTextLayers = runs.filter((run) => run.textLayer !== null);
  if (overTextLayers.length > 0) {
    writer.push('/Span <</ActualText <feff>>> BDC');
    for (const run of overTextLayers) drawCells(writer, run.cells, fonts, left + run.x, baseline);
    writer.push('EMC');
  }
  return writer.finish();
}

function drawCells(
  writer: TextOperators,
  cells: readonly Cell[],
  fonts: EmbeddedFonts,
  left: number,
  baseline: number,
): void {
  let pen = left;
  for (const cell of cells) {
    const { font, number } = fonts.cell(cell);
    fonts.use(font);
    writer.draw(font, number, cell, pen, baseline);
    pen += (cell.advance * writer.size) / 1000;
  }
  writer.endString();
}

/**
 * Joins glyphs on the baseline that advance by their own width into one string; after any other the position is
 * set again.
 */
class TextOperators {
  readonly #operators = ['BT'];
  /** Font size in points. */
  readonly size: number;
  #font = '';
  #string = '';
  #start = '';

  constructor(size: number) {
    this.size = size;
  }

  draw(font: string, number: string, cell: Cell, pen: number, baseline: number): void {
    const isOnLine = cell.offsetX === 0 && cell.offsetY === 0;
    if (!isOnLine || font !== this.#font) this.endString();
    if (font !== this.#font) {
      this.#operators.push(`/${font} ${this.size} Tf`);
      this.#font = font;
    }
    if (this.#string === '') {
      const x = pen + (cell.offsetX * this.size) / 1000;
      const y = baseline - (cell.offsetY * this.size) / 1000;
      this.#start = `1 0 0 -1 ${decimal(x)} ${decimal(y)} Tm`;
    }
    this.#string += number;
    if (!isOnLine || cell.advance !== cell.width) this.endString();
  }

  endString(): void {
    if (this.#string !== '') this.#operators.push(`${this.#start} <${this.#string}> Tj`);
    this.#string = '';
  }

  push(operator: string): void {
    this.#operators.push(operator);
  }

  finish(): string {
    this.endString();
    this.#operators.push('ET');
    return this.#operators.join('\n');
  }
}

function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
