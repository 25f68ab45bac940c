import { DabirError } from '../domain/errors.ts';
import { JobAborted } from '../domain/job-aborted.ts';
import { connectionFailure } from '../lib/connection-failure.ts';
import { DatabaseAwayError } from './ports/database.ts';
import type { Log } from './ports/log.ts';
import { DeliveryError } from './ports/messenger.ts';

/** Errors whose stack is in the log already. */
const logged = new WeakSet<Error>();

/**
 * Logs a caught value with its message as `cause`. An expected failure, such as an engine that answers with an error or
 * a service that is away, is one line on `level`. An unexpected error is one on the level `error` with the stack as
 * `err`; when the same error is logged again, the stack is not repeated.
 */
export function logError(log: Log, level: keyof Log, fields: object, thrown: unknown, message: string): void {
  const error = rootOf(thrown);
  const cause = error instanceof Error ? error.message : String(error);
  if (isExpected(error)) log[level]({ ...fields, cause }, message);
  else log.error({ ...fields, cause, ...(isNew(error) && { err: error }) }, message);
}

/** Logs an unexpected error that is not in the log yet; a caller with a line of its own reports the other failures. */
export function logUnexpected(log: Log, fields: object, thrown: unknown, message: string): void {
  const error = rootOf(thrown);
  if (error instanceof Error && !isExpected(error) && !logged.has(error))
    logError(log, 'error', fields, error, message);
}

/** Returns the error that was thrown first: `internal` and the bot's framework only wrap it. */
function rootOf(thrown: unknown): unknown {
  if (thrown instanceof DabirError && thrown.code === 'internal' && thrown.cause instanceof Error)
    return rootOf(thrown.cause);
  if (thrown instanceof Error && thrown.name === 'BotError' && 'error' in thrown) return rootOf(thrown.error);
  return thrown;
}

function isNew(error: unknown): boolean {
  if (!(error instanceof Error) || logged.has(error)) return false;
  logged.add(error);
  return true;
}

/** Names of errors from outside the core: of `AbortSignal` (DOM standard), and grammY's two for the Bot API. */
const expectedNames: ReadonlySet<string> = new Set([
  'AbortError',
  'TimeoutError',
  'GrammyError',
  'HttpError',
]);

/** Returns whether a failure is part of normal operation, so that its message tells enough. */
function isExpected(error: unknown): boolean {
  if (error instanceof DabirError) return error.code !== 'internal';
  if (error instanceof DeliveryError || error instanceof DatabaseAwayError || error instanceof JobAborted)
    return true;
  return error instanceof Error && (expectedNames.has(error.name) || connectionFailure(error) !== null);
}
