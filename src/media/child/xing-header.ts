import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Before the mark are a frame's header and side information: 4 and at most 32 bytes, and 2 of a checksum. */
const markedWithin = 4 + 32 + 2 + 4;
const frameCountFlag = 1;
const byteCountFlag = 2;
/** As FFmpeg does: a file that is larger by more than a sixteenth is several files in a row. */
const tolerance = 1 / 16;

/**
 * True when an MP3 file says in its first frame how many frames follow (Xing's header, which LAME and FFmpeg write).
 * Otherwise FFmpeg guesses the duration from the bit rate.
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

/** ID3v2.4, section 3.1: ten bytes, then as many as the last four of them say, seven bits in each. */
function endOfId3Tag(file: number): number {
  const tag = Buffer.alloc(10);
  readSync(file, tag, 0, tag.length, 0);
  if (tag.toString('latin1', 0, 3) !== 'ID3') return 0;
  return 10 + tag.subarray(6).reduce((size, byte) => (size << 7) | (byte & 0x7f), 0);
}
