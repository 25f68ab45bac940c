import { writeSync } from 'node:fs';

/**
 * Writes all of `data` at `position`, or, with null, after the last write. One write may be partial (full disk,
 * signal); the next one then throws the reason.
 */
export function writeFully(file: number, data: Uint8Array, position: number | null): void {
  for (let done = 0; done < data.length; ) {
    done += writeSync(file, data, done, data.length - done, position === null ? null : position + done);
  }
}
