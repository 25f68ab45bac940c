/** Maximum waits for a database that is away, in ms, by what waits ([the lane](../../docs/lane.md)). */
export const databaseWaitMs = {
  /** A choice of an engine; after that the update is handled again. */
  choice: 5_000,
  /** The picker and its message: shorter than `pickerOverdueMs`, after which the sweep shows the picker. */
  picker: 10_000,
  /** The id of a status message; after that the message stays in the chat without a transcription. */
  statusMessage: 30_000,
  /** A second look at an ending: longer than a restart of the database takes. */
  ending: 60_000,
  /**
   * A requeue. After that the sweep finds the transcription when its lease expires; a process that ends cannot wait
   * longer.
   */
  requeue: 5_000,
  /** A result; the transcript of an hour takes about 100 KB of memory. */
  result: 10 * 60_000,
  /** The mark of a sent message; this process remembers the message for longer. */
  recordSent: 10 * 60_000,
} as const;
