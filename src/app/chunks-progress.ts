import type { Range } from '../domain/loudness.ts';

const seconds = ({ start, end }: Range) => end - start;

/**
 * Combines the progress of chunks that run at the same time into one fraction.
 * @param missing the chunks to transcribe
 * @param heard the chunks transcribed earlier
 * @returns a function to call with the fraction of one of the missing chunks
 */
export function createChunksProgress<Part extends Range>(
  missing: readonly Part[],
  heard: readonly Range[],
  onProgress: (fraction: number) => void,
): (part: Part, fraction: number) => void {
  const before = heard.reduce((sum, part) => sum + seconds(part), 0);
  const total = missing.reduce((sum, part) => sum + seconds(part), before);
  const done = new Map<Part, number>();
  let doneSeconds = 0;
  return (part, fraction) => {
    const own = seconds(part) * Math.min(1, fraction);
    doneSeconds += own - (done.get(part) ?? 0);
    done.set(part, own);
    onProgress((before + doneSeconds) / total);
  };
}
