import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One tick of the processor clock in /proc, in ms (USER_HZ is 100 on Linux). */
const tickMs = 10;

/**
 * Returns the processor time that a PostgreSQL server and its connections have used so far, in ms; NaN
 * without /proc (only Linux has it).
 * @param postgresDir the folder of its files
 */
export async function processorMsOfServer(postgresDir: string): Promise<number> {
  const lock = await readFile(join(postgresDir, 'postmaster.pid'), 'utf8');
  const server = lock.split('\n')[0] ?? '';
  const pids = await readdir('/proc').catch(() => []);
  let ticks = Number.NaN;
  for (const pid of pids.filter((name) => /^\d+$/.test(name))) {
    // After the name in brackets: state, parent, … and as the 12th to 15th utime, stime, cutime, cstime
    // (proc(5)).
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [own, parent] = [pid === server, fields[1] === server];
    if (!own && !parent) continue;
    // Running children of the server count with their own time only: that of ended ones is in the server's
    // cutime.
    const used = fields.slice(11, own ? 15 : 13).reduce((sum, field) => sum + Number(field), 0);
    ticks = Number.isNaN(ticks) ? used : ticks + used;
  }
  return ticks * tickMs;
}
