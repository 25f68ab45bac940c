/** Why work on a file was stopped from outside. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  /**
   * `lost`: somebody else may have the file now, touch nothing. `cancel`: the person asked. `shutdown`: this process
   * ends. `deadline`: it took too long.
   */
  readonly reason: 'lost' | 'cancel' | 'shutdown' | 'deadline';
  constructor(reason: Stopped['reason']) {
    super(`stopped: ${reason}`);
    this.reason = reason;
  }
}
