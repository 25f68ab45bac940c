import { describe, expect, test } from 'vitest';
import { DabirError, errorCodes, isErrorCode, toDabirError } from '../../src/domain/errors.ts';
import { JobAborted } from '../../src/domain/job-aborted.ts';

describe('errors', () => {
  test('a DabirError is returned as it is; anything else becomes an internal error that keeps its cause for the log', () => {
    const ours = new DabirError('no_speech', 'nothing heard');
    expect(toDabirError(ours)).toBe(ours);
    const cause = new TypeError('x is not a function');
    expect(toDabirError(cause)).toMatchObject({ code: 'internal', retryable: true, cause });
    expect(toDabirError('a string')).toMatchObject({ code: 'internal', message: 'a string' });
  });

  test('the code of an error decides whether it is retryable, unless the thrower overrides it', () => {
    expect(new DabirError('engine_failed', '').retryable).toBe(errorCodes.engine_failed.retryable);
    expect(new DabirError('engine_failed', '', { retryable: false }).retryable).toBe(false);
    expect(isErrorCode('engine_failed')).toBe(true);
    expect(isErrorCode('toString')).toBe(false);
    expect(isErrorCode(7)).toBe(false);
  });

  test('a full disk has an error code of its own', () => {
    const failure = (code: string) => Object.assign(new Error(code), { code });
    const codesOf = (...thrown: unknown[]) => thrown.map((one) => toDabirError(one).code);
    expect(codesOf(failure('ENOSPC'), failure('EDQUOT'), failure('EFBIG'))).toEqual([
      'disk_full',
      'disk_full',
      'disk_full',
    ]);
    expect(codesOf(failure('EACCES'), { code: 'ENOSPC' }, new Error('ENOSPC'))).toEqual([
      'internal',
      'internal',
      'internal',
    ]);
  });

  test('an aborted job names the reason', () => {
    const aborted = new JobAborted('lost');
    expect([aborted.name, aborted.message, aborted.reason]).toEqual([
      'JobAborted',
      'job aborted: lost',
      'lost',
    ]);
  });

  test('a DabirError keeps the cause, the delay and the details that the thrower adds', () => {
    const plain = new DabirError('engine_failed', 'a message');
    expect([plain.name, plain.message, plain.retryAfterMs, plain.details]).toEqual([
      'DabirError',
      'a message',
      null,
      {},
    ]);
    expect('cause' in plain).toBe(false);
    const cause = new Error('below');
    const rich = new DabirError('engine_failed', 'm', { cause, retryAfterMs: 5, details: { period: 'day' } });
    expect([rich.cause, rich.retryAfterMs, rich.details]).toEqual([cause, 5, { period: 'day' }]);
  });
});
