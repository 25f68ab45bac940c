/**
 * `npm run drill [-- --minutes N] [--users N] [--kinds kill,absence,restart] [--blow NAME …]` runs an installation for
 * some minutes: two bots with a webhook behind a proxy, three workers, a PostgreSQL and a Redis of its own, and one
 * paid engine. Processes are killed, started while a service that they need is down, and restarted, while users send.
 * It prints the findings, and exits with 1 unless all are 0, except for what a kill explains. With `--blow` it ends
 * after the named blows. Its files are in `.data/drill`, or in `--folder`, which is emptied first.
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { blows } from './blows.ts';
import { runDrill } from './drill.ts';
import { isClean, print } from './report.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    users: { type: 'string', default: '20' },
    pause: { type: 'string', default: '14' },
    bots: { type: 'string', default: '2' },
    workers: { type: 'string', default: '3' },
    kinds: { type: 'string', default: 'kill,absence,restart' },
    blow: { type: 'string', multiple: true },
    folder: { type: 'string', default: fileURLToPath(new URL('../../.data/drill', import.meta.url)) },
  },
});
const dataDir = values.folder;
await rm(dataDir, { recursive: true, force: true });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const report = await runDrill({
  dataDir,
  bots: Number(values.bots),
  workers: Number(values.workers),
  users: Number(values.users),
  turns: values.blow ?? turns(Number(values.minutes), values.kinds.split(',')),
  pauseMs: Number(values.pause) * 1000,
  onProgress: (line) => console.log(`  ${line}`),
});
print(report);
process.exit(isClean(report) ? 0 : 1);

/** Yields all blows of these kinds in turn until the time is over. */
function* turns(minutes: number, kinds: readonly string[]): Generator<string> {
  const names = blows.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const until = Date.now() + minutes * 60_000;
  for (let turn = 0; Date.now() < until && names.length > 0; turn += 1)
    yield names[turn % names.length] ?? '';
}
