import { readFile } from 'node:fs/promises';
import { rounded } from './percentiles.ts';

type Node = {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
};

/** The output of V8's profiler, as far as it is needed here. */
type Profile = {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

export type HotSpot = { readonly where: string; readonly percent: number; readonly ms: number };

/**
 * Returns where a process spent its processor time, by library (own code by file), largest first. Node's own
 * work, such as writing to a socket, counts for the library or file that called it. Idle time and the bench's
 * own probe are left out.
 */
export async function findHotSpots(path: string, maxCount = 24): Promise<HotSpot[]> {
  const { nodes, samples, timeDeltas } = JSON.parse(await readFile(path, 'utf8')) as Profile;
  const places = placesOf(nodes);
  const micros = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const place = places.get(id) ?? 'unknown';
    micros.set(place, (micros.get(place) ?? 0) + (timeDeltas[index] ?? 0));
  }
  for (const place of ['(idle)', 'bench/support/probe.ts']) micros.delete(place);
  const total = [...micros.values()].reduce((sum, one) => sum + one, 0);
  return [...micros]
    .sort(([, one], [, other]) => other - one)
    .slice(0, maxCount)
    .map(([where, spent]) => ({
      where,
      percent: rounded((spent / total) * 100, 1),
      ms: rounded(spent / 1000, 0),
    }));
}

/**
 * Returns each node's place; a node of Node itself gets its caller's, if that is a library or a file of
 * Dabir.
 */
function placesOf(nodes: readonly Node[]): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const places = new Map<number, string>();
  const visit = (id: number, callers: string | undefined) => {
    const node = byId.get(id);
    if (node === undefined) return;
    const own = ownPlace(node.callFrame);
    places.set(id, own ?? callers ?? nodesPlace(node.callFrame));
    for (const child of node.children ?? []) visit(child, own ?? callers);
  };
  const [root] = nodes;
  if (root !== undefined) visit(root.id, undefined);
  return places;
}

function ownPlace({ url }: Node['callFrame']): string | undefined {
  const library = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  return library ?? /\/((?:src|worker|bench)\/.*)$/.exec(url)?.[1];
}

/**
 * Returns the place of Node's own work without a caller, such as reading from a socket, or collecting
 * garbage.
 */
function nodesPlace({ functionName, url }: Node['callFrame']): string {
  return url === '' ? functionName || 'native code' : `${url} ${functionName}`;
}
