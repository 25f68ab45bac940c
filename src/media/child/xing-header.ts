import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The mark follows the frame header (4 bytes), side information (up to 32) and a checksum (2). */
const markedWithin = 4 + 32 + 2 + 4;
const frameCountFlag = 1;
const byteCountFlag = 2;
/** FFmpeg's tolerance: a file larger by more than a sixteenth is several joined files. */
const tolerance = 1 / 16;

/**
 * Returns true if the first frame of an MP3 file gives the number of frames (Xing's header, written by LAME and
 * FFmpeg). Without it, FFmpeg estimates the duration from the bit rate.
 */
export function hasXingHeader(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = endOfId3Tag(file);
    const head = Buffer.alloc(markedWithin + 12);
    readSync(file, head, 0, head.length, start);
    const mark = Math.max(head.indexOf('Xing', 0, 'latin1'), head.indexOf('Info', 0, 'latin1'));
    if (mark < 0 || mark + 16 > head.length) return false;
    const flags = head.readUInt32BE(mark + 4);
    if ((flags & frameCountFlag) === 0) return false;
    if ((flags & byteCountFlag) === 0) return true;
    return fstatSync(file).size - start <= head.readUInt32BE(mark + 12) * (1 + tolerance);
  } finally {
    closeSync(file);
  }
}

/**
 * Returns the size of an ID3v2 tag (ID3v2.4, section 3.1): ten bytes plus the last four of them, with seven bits
 * each.
 */
function endOfId3Tag(file: number): number {
  const tag = Buffer.alloc(10);
  readSync(file, tag, 0, tag.length, 0);
  if (tag.toString('latin1', 0, 3) !== 'ID3') return 0;
  return 10 + tag.subarray(6).reduce((size, byte) => (size << 7) | (byte & 0x7f), 0);
}
