import { AV_LOG_ERROR } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { DamageLog } from '../damage-log.ts';

let current = new DamageLog();

/**
 * Takes FFmpeg's log away from standard error. node-av hands the lines over between two turns of the event loop, so
 * they are complete only after one.
 */
export function captureFfmpegLog(): void {
  Log.setLevel(AV_LOG_ERROR);
  Log.setCallback((_level, line) => current.add(line), { maxLevel: AV_LOG_ERROR });
}

/** Starts the log of the next file. */
export function startFfmpegLog(): DamageLog {
  current = new DamageLog();
  return current;
}
