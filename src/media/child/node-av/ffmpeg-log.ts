import { AV_LOG_ERROR } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { DamageLog } from '../damage-log.ts';

let current = new DamageLog();

/**
 * Redirects FFmpeg's log from standard error to the current `DamageLog`. node-av delivers messages between turns
 * of the event loop, so they are complete only after a turn.
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
