/** One table in a backup. */
export type TableContents = {
  readonly name: string;
  /** Columns that are saved, in order. Generated columns are left out: PostgreSQL computes them again. */
  readonly columns: readonly string[];
  readonly rows: number;
};

/** The state of a sequence, as `setval` takes it. */
export type SequenceState = {
  readonly name: string;
  /** A bigint in digits. */
  readonly value: string;
  readonly isCalled: boolean;
};

/** A migration that was applied: SHA-256 of its SQL in hexadecimal digits. */
export type AppliedMigration = { readonly name: string; readonly checksum: string };
