/**
 * Loaded by `--import` before a bot or worker: tells the bench, when asked, what the process holds and has used. It
 * collects garbage first, so that what is left is really held (`--expose-gc`).
 */
import type { ProbeAnswer } from './probed.ts';

process.on('message', (message) => {
  if (message !== 'probe') return;
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const probe: ProbeAnswer['probe'] = { rss, heapUsed, cpuMs: (user + system) / 1000 };
  process.send?.({ probe });
});
