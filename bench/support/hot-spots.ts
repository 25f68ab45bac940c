import { readFile } from 'node:fs/promises';
import { rounded } from './percentiles.ts';

/** What V8 writes with `--cpu-prof`, as far as it is needed here. */
type Profile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

export type HotSpot = { readonly where: string; readonly percent: number; readonly ms: number };

/** Where a process spent its time on the processor, by package (own code by file), the most first. Idling is left out. */
export async function hotSpots(path: string, most = 20): Promise<HotSpot[]> {
  const { nodes, samples, timeDeltas } = JSON.parse(await readFile(path, 'utf8')) as Profile;
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const micros = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const place = places.get(id) ?? 'unknown';
    micros.set(place, (micros.get(place) ?? 0) + (timeDeltas[index] ?? 0));
  }
  micros.delete('(idle)');
  const total = [...micros.values()].reduce((sum, one) => sum + one, 0);
  return [...micros]
    .sort(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([where, spent]) => ({
      where,
      percent: rounded((spent / total) * 100, 1),
      ms: rounded(spent / 1000, 0),
    }));
}

function placeOf({ functionName, url }: Profile['nodes'][number]['callFrame']): string {
  if (url === '') return functionName.startsWith('(') ? functionName : 'native code';
  const library = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (library !== undefined) return library;
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  return url.replace(/.*\/(?=(?:src|worker|bench)\/)/, '');
}
