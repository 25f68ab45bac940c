/** The outcome of a committed change, and what follows from it. The update that caused it counts as handled. */
export type WithFollowUp<Outcome> = {
  readonly outcome: Outcome;
  /** Dispatches the next token and sends status messages, as the change requires. Call it once. */
  followUp(): Promise<void>;
};

/** Returns an outcome with its follow-up; without one nothing follows. */
export function withFollowUp<Outcome>(
  outcome: Outcome,
  followUp: () => Promise<void> = async () => undefined,
): WithFollowUp<Outcome> {
  return { outcome, followUp };
}
