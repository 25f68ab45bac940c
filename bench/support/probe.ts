/**
 * Loaded by `--import` before a bot or worker: tells the bench, when asked, what the process holds and has used, and
 * profiles it for a while.
 */
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import type { Answer, Question } from './probed.ts';

const session = new Session();

process.on('message', async (message: Question | string) => {
  if (typeof message === 'string') return;
  switch (message.ask) {
    case 'usage':
      return answer(usage());
    case 'profile':
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.start');
      return answer(usage());
    case 'profiled': {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      await writeFile(message.path, JSON.stringify(profile));
      return answer(usage());
    }
  }
});

function usage(): Answer['usage'] {
  // What is left after a collection is really held (`--expose-gc`).
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { rss, heapUsed, cpuMs: (user + system) / 1000 };
}

function answer(usage: Answer['usage']): void {
  process.send?.({ usage } satisfies Answer);
}
