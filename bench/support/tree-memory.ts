import { readdir, readFile } from 'node:fs/promises';

/** Returns the resident memory of a process and all its descendants, in bytes; NaN where there is no /proc. */
export async function memoryOfTree(root: number): Promise<number> {
  const processes = new Map<number, { parent: number; bytes: number }>();
  for (const entry of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(entry)) continue;
    const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '');
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    processes.set(Number(entry), { parent: field('PPid'), bytes: field('VmRSS') * 1_024 });
  }
  if (!processes.has(root)) return Number.NaN;
  const sum = (id: number): number =>
    [...processes]
      .filter(([, { parent }]) => parent === id)
      .reduce((total, [child]) => total + sum(child), processes.get(id)?.bytes ?? 0);
  return sum(root);
}
