/** The outcome of a change that is safe in the database: from now on, its update counts as handled. */
export type WithFollowUp<Outcome> = {
  readonly outcome: Outcome;
  /** Does what follows from the change: dispatches the next token, sends status messages. The caller calls it once. */
  followUp(): Promise<void>;
};

/** Returns an outcome with what follows from it; nothing follows when `proceed` is omitted. */
export function withFollowUp<Outcome>(
  outcome: Outcome,
  followUp: () => Promise<void> = async () => undefined,
): WithFollowUp<Outcome> {
  return { outcome, followUp };
}
