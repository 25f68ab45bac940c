import { DabirError } from '../domain/errors.ts';
import type { Range } from '../domain/loudness.ts';

/** Parts of a file that could not be had, and why. */
export type MissingPart = { readonly part: Range; readonly error: DabirError };

/** Two missing parts with less between them, in seconds, are one to a person. */
const samePlaceSeconds = 1;

/**
 * The error of a file of which some parts are there and some are missing. `ranges` tells which, in whole seconds such as
 * `50-100 200-250`; `reason` is the code of the first failure. It may pass when any of the failures may.
 */
export function partsMissing(missing: readonly MissingPart[]): DabirError {
  const ranges: { start: number; end: number }[] = [];
  for (const { part } of missing.toSorted((a, b) => a.part.start - b.part.start)) {
    const last = ranges.at(-1);
    if (last !== undefined && part.start - last.end < samePlaceSeconds) last.end = part.end;
    else ranges.push({ start: part.start, end: part.end });
  }
  const places = ranges.map(({ start, end }) => `${Math.floor(start)}-${Math.ceil(end)}`).join(' ');
  const errors = missing.map(({ error }) => error);
  const [first] = errors;
  const retryAfterMs = Math.max(0, ...errors.map((error) => error.retryAfterMs ?? 0));
  return new DabirError('parts_missing', `missing ${places}: ${first?.message}`, {
    cause: first,
    retryable: errors.some(({ retryable }) => retryable),
    ...(retryAfterMs > 0 && { retryAfterMs }),
    details: { ranges: places, reason: first?.code ?? 'internal' },
  });
}
