import type { Range } from '../domain/loudness.ts';

const seconds = ({ start, end }: Range) => end - start;

/**
 * One fraction out of those of parts that run at the same time.
 * @param missing the parts to come
 * @param heard those that are there already
 * @returns to be called with the fraction of one of the missing parts
 */
export function createPartsProgress<Part extends Range>(
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
