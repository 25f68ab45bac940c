import { DabirError } from '../../../domain/errors.ts';

/** Returns the error for a link to an address that is not allowed. */
export function createRefusedError(): DabirError {
  return new DabirError('link_refused', 'the link leads to an address that is refused');
}

/** Returns the error for a file above the size limit. */
export function createTooLargeError(limitBytes: number): DabirError {
  return new DabirError('link_too_large', `larger than ${limitBytes} bytes`, {
    details: { limitMegabytes: Math.round(limitBytes / 2 ** 20) },
  });
}

/**
 * Returns the error for a server that fails. Its message leaves out the address, which may contain
 * a secret.
 */
export function createUnreachableError(error: unknown): DabirError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  return new DabirError('link_unreachable', `the server of the link: ${code}`);
}
