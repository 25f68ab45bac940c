import type { Range } from '../../domain/loudness.ts';

const seconds = ({ start, end }: Range) => end - start;

/**
 * Combines the progress of chunks that run at the same time into one fraction.
 * @param missing the chunks to transcribe
 * @param transcribed the chunks transcribed earlier
 * @returns a function to call with the fraction of one of the missing chunks
 */
export function createChunksProgress<Chunk extends Range>(
  missing: readonly Chunk[],
  transcribed: readonly Range[],
  onProgress: (fraction: number) => void,
): (chunk: Chunk, fraction: number) => void {
  const before = transcribed.reduce((sum, chunk) => sum + seconds(chunk), 0);
  const total = missing.reduce((sum, chunk) => sum + seconds(chunk), before);
  const done = new Map<Chunk, number>();
  let doneSeconds = 0;
  return (chunk, fraction) => {
    const own = seconds(chunk) * Math.min(1, fraction);
    doneSeconds += own - (done.get(chunk) ?? 0);
    done.set(chunk, own);
    onProgress((before + doneSeconds) / total);
  };
}
