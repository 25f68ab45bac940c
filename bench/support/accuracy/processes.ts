import { readdir, readFile } from 'node:fs/promises';

/** One tick of the processor clock in /proc, in ms (USER_HZ is 100 on Linux). */
const tickMs = 10;

/** What the descendants of a process use; NaN without /proc (only Linux has it). */
export type ProcessFigures = {
  /** Processor time of all of them and of their ended children, in ms. */
  readonly processorMs: number;
  /** Resident memory of the largest one, in bytes. */
  readonly maxBytes: number;
};

/** Measures the descendants of this process. */
export async function measureChildren(): Promise<ProcessFigures> {
  const all = new Map<number, { parent: number; ticks: number; bytes: number }>();
  for (const entry of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (stat === '') continue;
    // After the name in brackets: state, parent, …; 12th to 15th utime, stime, cutime, cstime; 22nd RSS in pages
    // (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    all.set(Number(entry), { parent: Number(fields[1]), ticks, bytes: Number(fields[21]) * 4_096 });
  }
  if (all.size === 0) return { processorMs: Number.NaN, maxBytes: Number.NaN };
  const isOurs = (id: number): boolean => {
    const parent = all.get(id)?.parent;
    return parent !== undefined && (parent === process.pid || isOurs(parent));
  };
  const ours = [...all].filter(([id]) => isOurs(id)).map(([, figures]) => figures);
  return {
    processorMs: ours.reduce((sum, { ticks }) => sum + ticks, 0) * tickMs,
    maxBytes: Math.max(0, ...ours.map(({ bytes }) => bytes)),
  };
}
