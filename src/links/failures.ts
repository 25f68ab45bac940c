import { DabirError } from '../domain/errors.ts';

/** Links must not lead there. */
export function refused(): DabirError {
  return new DabirError('link_refused', 'the link leads to an address that is refused');
}

/** More than is taken. */
export function tooLarge(limitBytes: number): DabirError {
  return new DabirError('link_too_large', `larger than ${limitBytes} bytes`, {
    details: { limitMegabytes: Math.round(limitBytes / 2 ** 20) },
  });
}

/** The server does not answer as it should. The reason is told without the address, which may hold a secret. */
export function unreachable(error: unknown): DabirError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  return new DabirError('link_unreachable', `the server of the link: ${code}`);
}
