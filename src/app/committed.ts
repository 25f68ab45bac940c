/** The outcome of a change that is safe in the database: from now on, its update counts as handled. */
export type Committed<Outcome> = {
  readonly outcome: Outcome;
  /** Sends what follows from the change, such as a token and a status message. The caller calls it once. */
  proceed(): Promise<void>;
};

/** Returns an outcome with what follows from it; nothing follows when `show` is omitted. */
export function committed<Outcome>(
  outcome: Outcome,
  proceed: () => Promise<void> = async () => undefined,
): Committed<Outcome> {
  return { outcome, proceed };
}
