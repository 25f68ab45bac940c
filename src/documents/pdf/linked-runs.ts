import type { PlacedRun } from '../layout/paragraph.ts';
import type { TextLink } from '../links.ts';

/** Runs from left to right that lead to an address, or to none. */
type LinkedRuns = { readonly link: TextLink | null; readonly runs: readonly PlacedRun[] };

/** Divides the runs of a line where addresses begin and end. */
export function splitAtLinks(runs: readonly PlacedRun[], links: readonly TextLink[]): readonly LinkedRuns[] {
  if (links.length === 0) return [{ link: null, runs }];
  const linked: (LinkedRuns & { readonly runs: PlacedRun[] })[] = [];
  for (const run of runs) {
    const end = run.start + run.text.length;
    const link = links.find(({ from, to }) => run.start < to && end > from) ?? null;
    const last = linked.at(-1);
    if (last?.link === link) last.runs.push(run);
    else linked.push({ link, runs: [run] });
  }
  return linked;
}
