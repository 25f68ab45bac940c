/** The results of the suite as a table of engines and behaviours. */
export class ConformanceTable {
  readonly #columns: readonly string[];
  readonly #rows = new Map<string, Map<string, string>>();

  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  /** Records one cell: `ok`, or why the behaviour does not apply. */
  note(row: string, column: string, words: string): void {
    const cells = this.#rows.get(row) ?? new Map<string, string>();
    this.#rows.set(row, cells.set(column, words));
  }

  /** Returns the table for a terminal. */
  render(): string {
    const widest = Math.max(...[...this.#rows.keys()].map((row) => row.length));
    const line = (row: string, cells: readonly string[]) =>
      [row.padEnd(widest), ...cells.map((cell) => cell.padEnd(10))].join('  ');
    return [
      line('', this.#columns),
      ...[...this.#rows].map(([row, cells]) =>
        line(
          row,
          this.#columns.map((column) => cells.get(column) ?? '–'),
        ),
      ),
    ].join('\n');
  }
}
