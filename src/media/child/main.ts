import { Worker } from 'node:worker_threads';
import { toDabirError } from '../../domain/errors.ts';
import type { ChildAnswer, DecodeJob } from '../protocol.ts';
import { decodeFile } from './decode-file.ts';
import { captureFfmpegLog } from './ffmpeg-log.ts';

// The decoding process: takes one DecodeJob at a time over the channel that fork made and answers it with
// ChildAnswers. It ends when that channel closes; an interrupt meant for the whole group is the parent's to handle.
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

captureFfmpegLog();

const watchdog = new Worker(new URL('./watchdog.ts', import.meta.url), {
  workerData: { parentId: process.ppid },
  env: {},
});
watchdog.unref();

process.on('message', (job: DecodeJob) => {
  answer({ kind: 'started' });
  watchdog.postMessage({ maxMemoryBytes: job.maxMemoryBytes });
  decodeFile(job)
    .then((result): ChildAnswer => ({ kind: 'decoded', result }))
    .catch((thrown): ChildAnswer => {
      const { code, message, details } = toDabirError(thrown);
      return { kind: 'failed', code, message, details };
    })
    .then((reply) => {
      watchdog.postMessage({ maxMemoryBytes: Number.POSITIVE_INFINITY });
      answer(reply);
    });
});

function answer(message: ChildAnswer): void {
  process.send?.(message);
}
