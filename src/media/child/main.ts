import { Worker } from 'node:worker_threads';
import { toDabirError } from '../../domain/errors.ts';
import type { ChildAnswer, ChildJob } from '../protocol.ts';
import { decodeFile } from './decode-file.ts';
import { encodePart } from './encode-part.ts';
import { captureFfmpegLog } from './ffmpeg-log.ts';

// The decoding process: takes one ChildJob at a time over the channel that fork made and answers it with
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

process.on('message', (job: ChildJob) => {
  answer({ kind: 'started' });
  work(job)
    .catch((thrown): ChildAnswer => {
      const { code, message, details } = toDabirError(thrown);
      return { kind: 'failed', code, message, details };
    })
    .then((reply) => {
      watchdog.postMessage({ maxMemoryBytes: Number.POSITIVE_INFINITY });
      answer(reply);
    });
});

async function work({ kind, job }: ChildJob): Promise<ChildAnswer> {
  if (kind === 'encode') {
    encodePart(job);
    return { kind: 'encoded' };
  }
  watchdog.postMessage({ maxMemoryBytes: job.maxMemoryBytes });
  return { kind: 'decoded', result: await decodeFile(job) };
}

function answer(message: ChildAnswer): void {
  process.send?.(message);
}
