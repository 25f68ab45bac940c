import { toDabirError } from '../../domain/errors.ts';
import type { ChildJob, ChildResponse, Ffmpeg } from '../protocol.ts';
import { decodeWithLinks } from './decode-chain.ts';
import type { MediaTool } from './media-tool.ts';
import { limitMemory } from './watchdog-thread.ts';

// Entry point of the decoding process. Takes one ChildJob at a time over the channel of fork and replies with
// ChildResponses. Ends when the channel closes; the parent handles interrupts to the process group. The argument is
// the Ffmpeg to use, as JSON.
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

const tool = await loadTool(JSON.parse(process.argv[2] ?? ''));

process.on('message', (job: ChildJob) => {
  send({ kind: 'started' });
  work(job)
    .catch((thrown): ChildResponse => {
      const { code, message, details } = toDabirError(thrown);
      return { kind: 'failed', code, message, details };
    })
    .then((response) => {
      limitMemory(Number.POSITIVE_INFINITY);
      send(response);
    });
});

/** Loads only one of the two, because node-av need not be installed where the programs are used. */
async function loadTool(ffmpeg: Ffmpeg): Promise<MediaTool> {
  if (ffmpeg.kind === 'node-av') return (await import('./node-av/tool.ts')).createNodeAv();
  return (await import('./ffmpeg/tool.ts')).createFfmpegPrograms(ffmpeg);
}

async function work({ kind, job }: ChildJob): Promise<ChildResponse> {
  if (kind === 'encode') {
    await tool.encode(job);
    return { kind: 'encoded' };
  }
  limitMemory(job.maxMemoryBytes);
  return { kind: 'decoded', result: await decodeWithLinks(tool, job) };
}

function send(message: ChildResponse): void {
  process.send?.(message);
}
