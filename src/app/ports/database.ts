/**
 * The database could not be reached, or went away before it answered. Whether the statement was carried out is then
 * unknown: a caller tries again only what may happen twice, or looks first.
 */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError';
  /**
   * True when the server itself is down, starting or stopping, which is so for everybody. False when only the way to it
   * may be cut.
   */
  readonly isDown: boolean;
  constructor(isDown: boolean, message: string, cause: unknown) {
    super(message, { cause });
    this.isDown = isDown;
  }
}
