import { percentile, rounded } from './percentiles.ts';

/** Parts of a result that are no figures of the bench. */
const others = new Set(['machine', 'settings', 'statements']);

/**
 * Returns the numbers in a bench's result by path, such as `results.Redis.queue.one.total.p50`. An item of a list is
 * named by its texts, else by its index.
 */
export function numbersOf(result: unknown, path: readonly string[] = []): Record<string, number> {
  if (typeof result === 'number') return Number.isFinite(result) ? { [path.join('.')]: result } : {};
  if (typeof result !== 'object' || result === null) return {};
  const entries = Array.isArray(result)
    ? result.map((item, index) => [nameOf(item) ?? String(index), item] as const)
    : Object.entries(result).filter(([name]) => !others.has(name));
  return Object.assign({}, ...entries.map(([name, value]) => numbersOf(value, [...path, name])));
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const texts = Object.values(item).filter((value) => typeof value === 'string');
  return texts.length > 0 ? texts.join('.') : undefined;
}

/** Returns the median of each figure over several runs; a figure that a run lacks is left out. */
export function medians(runs: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const [first = {}] = runs;
  const shared = Object.keys(first).filter((name) => runs.every((run) => Object.hasOwn(run, name)));
  return Object.fromEntries(
    shared.map((name) => [
      name,
      percentile(
        runs.map((run) => run[name] ?? 0),
        0.5,
      ),
    ]),
  );
}

/** Returns the figures that both sides have, with their ratio, for `console.table`. */
export function compareFigures(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Record<string, { before: number; after: number; ratio: number | '' }> {
  const shared = Object.keys(before).filter((name) => Object.hasOwn(after, name));
  return Object.fromEntries(
    shared.map((name) => {
      const [was, is] = [before[name] ?? 0, after[name] ?? 0];
      return [name, { before: rounded(was), after: rounded(is), ratio: was === 0 ? '' : rounded(is / was) }];
    }),
  );
}
