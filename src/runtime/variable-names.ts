/** Names of variables: which belong to other programs, and which of ours an unknown name probably means. */

/** Variables that only compose.yml reads. They are in the same `.env`; `.env.example` explains each. */
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
 * Variables of other programs that an `.env` may contain: those of Compose, Docker, Node, npm, proxies, PostgreSQL's
 * client and TLS libraries. LINES and COLUMNS (of a terminal) are listed because they resemble LINKS.
 */
const foreign =
  /^(COMPOSE_\w+|DOCKER_\w+|BUILDKIT_\w+|NODE(_\w+)?|NPM_\w+|npm_\w+|PG[A-Z]+|SSL_CERT_(FILE|DIR)|TZ|LANG|LC_\w+|LINES|COLUMNS)$|^(https?|all|no|ftp)_proxy$/i;

/** Returns true for a variable of another program that may share the file or the environment. */
export function isForeign(name: string): boolean {
  return foreign.test(name);
}

/** Returns the nearest of the names; null when more than half of the letters differ from every name. */
export function nearestName(name: string, names: Iterable<string>): string | null {
  return nearest(name, names, name.length / 2)?.name ?? null;
}

/**
 * Returns the name that was probably meant. One edit is allowed for each 5 letters, so that
 * `HOST_NAME` of another program does not count as a mistake.
 * @returns null for a name that resembles none of them
 */
export function misspelled(name: string, names: Iterable<string>): string | null {
  return nearest(name, names, Math.max(1, Math.floor(name.length / 5)))?.name ?? null;
}

/** Returns the end of a sentence that suggests the name; empty when there is none. */
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

/** Returns a name without case and separators: `max_waiting-files` equals MAX_OPEN_FILES. */
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
