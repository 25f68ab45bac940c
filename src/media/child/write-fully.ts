import { writeSync } from 'node:fs';

/**
 * Writes all of `data`, at `position` or, with null, where the last write ended. A write may take less than it was
 * given (a full disk, a signal); the next one then says why.
 */
export function writeFully(file: number, data: Uint8Array, position: number | null): void {
  for (let done = 0; done < data.length; ) {
    done += writeSync(file, data, done, data.length - done, position === null ? null : position + done);
  }
}
