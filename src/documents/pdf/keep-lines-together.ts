/** Minimum lines of a paragraph at the foot of a page (fewer are orphans) and at the head of one (widows). */
const minLines = 2;

/**
 * Yields a paragraph's lines, each with whether a new page starts before it. Reads only a few lines ahead, so
 * that a paragraph may exceed memory.
 * @param room returns how many lines the page still holds
 */
export function* keepLinesTogether<Line>(
  lines: Iterable<Line>,
  room: () => number,
): Generator<{ line: Line; startsPage: boolean }> {
  const source = lines[Symbol.iterator]();
  const ahead: Line[] = [];
  const look = (count: number) => {
    while (ahead.length < count) {
      const { done, value } = source.next();
      if (done) break;
      ahead.push(value);
    }
    return Math.min(count, ahead.length);
  };
  /** Lines of the paragraph on the current page. */
  let here = 0;
  for (;;) {
    const left = look(minLines + 2);
    const line = ahead.shift();
    if (line === undefined) return;
    const startsPage = mustBreak(here, left, room());
    here = startsPage ? 1 : here + 1;
    yield { line, startsPage };
  }
}

/**
 * Returns true if a new page must start before the next line.
 * @param here lines of the paragraph on this page
 * @param left lines still to come, counted up to `minLines` + 2
 * @param room lines that the page still holds
 */
function mustBreak(here: number, left: number, room: number): boolean {
  if (room < 1) return true;
  if (left <= room) return false;
  // The page ends within the paragraph: break now if this would leave an orphan here or a widow on the next page.
  if (here === 0)
    return room < minLines || (left <= minLines + 1 && left - room < minLines && room <= minLines);
  return room === 1 && left === minLines && here >= minLines;
}
