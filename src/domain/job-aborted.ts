/** Thrown when a job is aborted from outside. */
export class JobAborted extends Error {
  override readonly name = 'JobAborted';
  /**
   * `lost`: another worker may have claimed the transcription, so nothing may be written. `cancel`: the user cancelled.
   * `shutdown`: this process ends. `deadline`: the job took too long.
   */
  readonly reason: 'lost' | 'cancel' | 'shutdown' | 'deadline';
  constructor(reason: JobAborted['reason']) {
    super(`job aborted: ${reason}`);
    this.reason = reason;
  }
}
