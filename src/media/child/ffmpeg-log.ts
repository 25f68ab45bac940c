import { AV_LOG_ERROR } from 'node-av/constants';
import { Log } from 'node-av/lib';

const keptLines = 20;
const longestLine = 300;

/** FFmpeg's words for a file that ends too early. */
const cutOffWords = /prematurely|partial file|truncat/i;
/** FFmpeg's words for data it had to leave out; its other errors (a bad cover picture, say) cost no audio. */
const corruptWords =
  /crc mismatch|corrupt|out of range|invalid as first byte|packet mismatch|ff asf skip|invalid residual/i;

const lines: string[] = [];
let cutOff = false;
let corrupt = false;

/**
 * Takes FFmpeg's log away from standard error. node-av hands the lines over between two turns of the event loop, so
 * they are complete only after one.
 */
export function captureFfmpegLog(): void {
  Log.setLevel(AV_LOG_ERROR);
  Log.setCallback(
    (_level, line) => {
      if (cutOffWords.test(line)) cutOff = true;
      if (corruptWords.test(line)) corrupt = true;
      if (lines.length < keptLines) lines.push(line.trim().slice(0, longestLine));
    },
    { maxLevel: AV_LOG_ERROR },
  );
}

/** Forgets the last file. */
export function resetFfmpegLog(): void {
  lines.length = 0;
  cutOff = false;
  corrupt = false;
}

/** The first lines of this file's log, and what any of its lines spoke of. */
export function readFfmpegLog(): {
  readonly text: string;
  readonly cutOff: boolean;
  readonly corrupt: boolean;
} {
  return { text: lines.join('; '), cutOff, corrupt };
}
