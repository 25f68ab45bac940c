/** Names of variables: which belong to others, and which of ours was meant by one that nothing reads. */

/** Variables that compose.yml alone reads. They stand in the same `.env`; `.env.example` explains each. */
export const composeVariables = [
  'BOTS',
  'WORKERS',
  'LOCAL_WORKERS',
  'BOT_MEMORY',
  'WORKER_MEMORY',
  'LOCAL_WORKER_MEMORY',
  'STOP_GRACE_PERIOD',
  'PUBLIC_HOST',
  'TELEGRAM_API_ID',
] as const;

/**
 * Variables that an `.env` may hold for other programs: Compose's and Docker's own, Node's and npm's, proxies, and what
 * PostgreSQL's and TLS libraries read. LINES and COLUMNS (of a terminal) are near LINKS.
 */
const foreign =
  /^(COMPOSE_\w+|DOCKER_\w+|BUILDKIT_\w+|NODE(_\w+)?|NPM_\w+|npm_\w+|PG[A-Z]+|SSL_CERT_(FILE|DIR)|TZ|LANG|LC_\w+|LINES|COLUMNS)$|^(https?|all|no|ftp)_proxy$/i;

/** Whether a variable belongs to another program that may share the file or the environment. */
export function isForeign(name: string): boolean {
  return foreign.test(name);
}

/** Returns the nearest of the names; null when none has anything in common with it. */
export function nearestName(name: string, names: Iterable<string>): string | null {
  return nearest(name, names, name.length / 2)?.name ?? null;
}

/**
 * Returns the name that was probably meant. One edit is allowed for each 5 letters, so that `HOST_NAME` of another
 * program is not taken for a mistake.
 * @returns null for a name that is unlike all of them
 */
export function misspelled(name: string, names: Iterable<string>): string | null {
  return nearest(name, names, Math.max(1, Math.floor(name.length / 5)))?.name ?? null;
}

/** Returns the end of a sentence that names what was probably meant, and no end where nothing was. */
export function suggestion(meant: string | null): string {
  return meant === null ? '' : `; did you mean ${meant}?`;
}

function nearest(name: string, names: Iterable<string>, maxEdits: number) {
  const written = plain(name);
  let best: { name: string; edits: number } | null = null;
  for (const candidate of names) {
    const edits = editsBetween(written, plain(candidate));
    if (edits <= maxEdits && (best === null || edits < best.edits)) best = { name: candidate, edits };
  }
  return best;
}

/** Case and separators are no difference: `max_waiting-files` is MAX_WAITING_FILES. */
function plain(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}

/** Counts insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editsBetween(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const swapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[other.length] ?? 0;
}
