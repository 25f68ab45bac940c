/**
 * Thrown when the database cannot be reached, or goes away before it answers. It is then unknown whether the statement
 * was carried out, so a caller repeats only what is safe to repeat, or checks first.
 */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError';
  /**
   * True when the server itself is down, starting or stopping, and so unreachable for every process. False when perhaps
   * only the connection is broken.
   */
  readonly isDown: boolean;
  constructor(isDown: boolean, message: string, cause: unknown) {
    super(message, { cause });
    this.isDown = isDown;
  }
}
