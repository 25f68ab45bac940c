import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Largest Ogg page: a header of 27 bytes, 255 lacing values, 255 segments of 255 bytes (RFC 3533, section 6). */
const maxPageBytes = 27 + 255 + 255 * 255;

/**
 * Returns true if an Ogg file ends within a page. FFmpeg drops such a page silently, so a truncated voice note
 * would otherwise count as complete.
 */
export function endsInsideOggPage(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, 2 * maxPageBytes));
    const length = readSync(file, tail, 0, tail.length, size - tail.length);
    const page = tail.lastIndexOf('OggS', length, 'latin1');
    if (page < 0) return false;
    const segments = tail[page + 26];
    if (segments === undefined || page + 27 + segments > length) return true;
    let end = page + 27 + segments;
    for (let index = page + 27; index < page + 27 + segments; index++) end += tail[index] ?? 0;
    return end > length;
  } finally {
    closeSync(file);
  }
}
