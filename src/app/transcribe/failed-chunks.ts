import { DabirError } from '../../domain/errors.ts';
import type { Range } from '../../domain/loudness.ts';

/** A chunk that could not be transcribed, and the reason. */
export type FailedChunk = { readonly range: Range; readonly error: DabirError };

/** Distance below which two failed chunks are shown as one, in seconds. */
const samePlaceSeconds = 1;

/**
 * Creates the error of a transcription some of whose chunks failed. `ranges` holds them in whole seconds, such as
 * `50-100 200-250`; `reason` is the code of the first failure, beside its own details. The error is retryable when any
 * of the failures is.
 */
export function createMissingChunksError(failed: readonly FailedChunk[]): DabirError {
  const ranges: { start: number; end: number }[] = [];
  for (const { range } of failed.toSorted((a, b) => a.range.start - b.range.start)) {
    const last = ranges.at(-1);
    if (last !== undefined && range.start - last.end < samePlaceSeconds) last.end = range.end;
    else ranges.push({ start: range.start, end: range.end });
  }
  const places = ranges.map(({ start, end }) => `${Math.floor(start)}-${Math.ceil(end)}`).join(' ');
  const errors = failed.map(({ error }) => error);
  const [first] = errors;
  const retryAfterMs = Math.max(0, ...errors.map((error) => error.retryAfterMs ?? 0));
  return new DabirError('chunks_missing', `missing ${places}: ${first?.message}`, {
    cause: first,
    retryable: errors.some(({ retryable }) => retryable),
    ...(retryAfterMs > 0 && { retryAfterMs }),
    details: { ...first?.details, ranges: places, reason: first?.code ?? 'internal' },
  });
}
