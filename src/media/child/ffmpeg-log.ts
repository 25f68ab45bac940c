import { AV_LOG_ERROR } from 'node-av/constants';
import { Log } from 'node-av/lib';

const keptLines = 20;
const longestLine = 300;

/** FFmpeg's words for data it had to leave out; its other errors (a bad cover picture, say) cost no audio. */
const lostData = /crc mismatch|prematurely|partial file|truncat|packet corrupt|out of range|corrupt/i;

const lines: string[] = [];
let lost = false;

/**
 * Takes FFmpeg's log away from standard error. node-av hands the lines over between two turns of the event loop, so
 * they are complete only after one.
 */
export function captureFfmpegLog(): void {
  Log.setLevel(AV_LOG_ERROR);
  Log.setCallback(
    (_level, line) => {
      if (lostData.test(line)) lost = true;
      if (lines.length < keptLines) lines.push(line.trim().slice(0, longestLine));
    },
    { maxLevel: AV_LOG_ERROR },
  );
}

/** Forgets the last file. */
export function resetFfmpegLog(): void {
  lines.length = 0;
  lost = false;
}

/** The first lines of this file's log, and whether any of them spoke of lost data. */
export function readFfmpegLog(): { readonly text: string; readonly lostData: boolean } {
  return { text: lines.join('; '), lostData: lost };
}
