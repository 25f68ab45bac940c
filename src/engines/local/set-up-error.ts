import type { UnavailableCause } from '../../domain/engine.ts';

/** A set-up of LOCAL that failed for a known cause. The message is one line for operators, in English. */
export class SetUpError extends Error {
  readonly unavailableCause: UnavailableCause;

  constructor(unavailableCause: UnavailableCause, message: string) {
    super(message);
    this.unavailableCause = unavailableCause;
  }
}
