/** One table in a backup. */
export type TableContents = {
  readonly name: string;
  /**
   * Columns that are saved, in order. Generated columns are left out, because PostgreSQL computes
   * them again.
   */
  readonly columns: readonly string[];
  readonly rows: number;
};

/** The state of a sequence, in the form that `setval` takes. */
export type SequenceState = {
  readonly name: string;
  /** A bigint as decimal digits. */
  readonly value: string;
  readonly isCalled: boolean;
};

/** A migration that was applied, with the SHA-256 of its SQL in hexadecimal digits. */
export type AppliedMigration = { readonly name: string; readonly checksum: string };
