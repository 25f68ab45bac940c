import { ConfigError } from '../../runtime/config-error.ts';
import { NoSnapshot } from '../../store/backup/snapshot.ts';
import { DatabaseUnreachable } from '../../store/connection.ts';
import { NoDatabaseError } from '../used-database.ts';

/** Exit codes of an operator's command; `--help` explains them. */
export const exitCodes = {
  /** Any other error. */
  failed: 1,
  /** The arguments or the configuration are wrong. */
  usage: 2,
  /** The database does not answer, or the connection was lost. */
  database: 3,
  /** The command would have destroyed data, or another one is running. */
  refused: 4,
  /** The archive is damaged, or the file is not an archive. */
  damaged: 5,
  /** A file could not be written. */
  disk: 6,
  /** Ctrl+C or SIGTERM (128 + SIGINT, the convention of shells). */
  interrupted: 130,
} as const;

/** An error in one sentence, with the kind that selects its exit code. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: keyof typeof exitCodes;
  constructor(kind: keyof typeof exitCodes, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Converts any error of a backup or a restore to a Failure. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const cause = error as NodeJS.ErrnoException;
  const { message, code } = cause;
  const failure = (kind: keyof typeof exitCodes, words: string) => new Failure(kind, words, { cause });
  if (error instanceof ConfigError) return failure('usage', message);
  if (error instanceof NoDatabaseError) return failure('usage', message);
  if (error instanceof DatabaseUnreachable) return failure('database', message);
  if (error instanceof NoSnapshot) return failure('refused', message);
  // lock_not_available
  if (code === '55P03')
    return failure(
      'refused',
      'The tables have been locked for a minute, for example by a migration. Try again later.',
    );
  // PostgreSQL's disk_full, then its classes "connection exception" and "operator intervention".
  if (code === '53100') return failure('disk', `The disk of PostgreSQL is full (${message}).`);
  if (/^(08|57P)/.test(code ?? '') || /^Connection terminated|ECONNRESET/.test(message))
    return failure('database', `The connection to PostgreSQL was lost (${message}).`);
  if (code === 'ENOENT') return failure('usage', `There is no such file or folder (${message}).`);
  if (code === 'EEXIST') return failure('refused', `The file already exists (${message}).`);
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code ?? ''))
    return failure('disk', `The disk is full, or the file may not grow further (${code}).`);
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EIO'].includes(code ?? ''))
    return failure('disk', `A file cannot be written (${message}).`);
  return failure('failed', message);
}
