/** The fewest lines of a paragraph at the foot of a page (else they are orphans) and at the head of one (widows). */
const fewest = 2;

/**
 * A paragraph's lines, and before which of them a new page starts. Lines are asked for only a few ahead, so that a
 * paragraph may be longer than memory.
 * @param room how many lines the page still holds
 */
export function* keepLines<Line>(
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
  /** Lines of the paragraph that are on this page. */
  let here = 0;
  for (;;) {
    const left = look(fewest + 2);
    const line = ahead.shift();
    if (line === undefined) return;
    const startsPage = mustBreak(here, left, room());
    here = startsPage ? 1 : here + 1;
    yield { line, startsPage };
  }
}

/**
 * @param here lines of the paragraph on this page
 * @param left lines still to come, counted no further than `fewest` + 2
 * @param room lines that the page still holds
 */
function mustBreak(here: number, left: number, room: number): boolean {
  if (room < 1) return true;
  if (left <= room) return false;
  // The page ends within the paragraph. Alone at its foot, or leaving one line for the next: break here already.
  if (here === 0) return room < fewest || (left <= fewest + 1 && left - room < fewest && room <= fewest);
  return room === 1 && left === fewest && here >= fewest;
}
