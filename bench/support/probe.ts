/**
 * Loaded by `--import` before a bot or worker: reports the memory and processor time of the process on
 * request, and profiles it.
 */
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import type { Answer, Question } from './probed.ts';

const session = new Session();

process.on('message', async (message: Question | string) => {
  if (typeof message === 'string') return;
  const cpuMs = usedMs();
  if (message.ask === 'profile') await startProfile();
  if (message.ask === 'profiled') await writeProfile(message.path);
  // Memory that is left after a collection is really held (`--expose-gc`).
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ usage: { rss, heapUsed, cpuMs, probedMs: usedMs() - cpuMs } } satisfies Answer);
});

/** Returns the processor time of this process so far, in ms. */
function usedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function startProfile(): Promise<void> {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
}

async function writeProfile(path: string): Promise<void> {
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  await writeFile(path, JSON.stringify(profile));
}
