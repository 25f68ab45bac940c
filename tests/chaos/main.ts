/**
 * `npm run chaos [-- --minutes N] [--redis] [--seed N] [--break fence|slot|deaf]` sends uploads through a
 * fleet of bots and workers that are killed, paused and redeployed, over a database that crashes. It prints
 * what was done and whether every promise of the lane was kept, and exits with 1 on any violation. Its files are
 * in `.data/chaos`, or in `--folder`, which is emptied first.
 *
 * `npm run chaos -- --restarts N [--seed N]` restarts PostgreSQL N times, alternately in order and as in a
 * crash, and touches no other process. It prints what came twice and what an engine was sent twice, and exits
 * with 1 on any of it.
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { breakages } from './broken-rules.ts';
import { runChaos } from './driver.ts';
import { print } from './report.ts';
import { isClean, runRestarts } from './restarts/run.ts';

/** Uploads that two processor cores can carry besides all the deaths and restarts. */
const uploadsPerMinute = 510;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    uploads: { type: 'string' },
    users: { type: 'string', default: '60' },
    flood: { type: 'string', default: '100' },
    workers: { type: 'string', default: '4' },
    bots: { type: 'string', default: '2' },
    blow: { type: 'string', default: '1050' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    redis: { type: 'boolean', default: false },
    break: { type: 'string' },
    restarts: { type: 'string' },
    folder: { type: 'string', default: fileURLToPath(new URL('../../.data/chaos', import.meta.url)) },
  },
});
if (values.restarts !== undefined) {
  const report = await runRestarts({
    restarts: Number(values.restarts),
    seed: Number(values.seed),
    bots: 1,
    workers: 2,
    users: 8,
    pauseMs: 3_000,
    awayMs: 1_500,
    onProgress: (line) => console.log(`  ${line}`),
  });
  const { findings, restarts, doubled, ...figures } = report;
  console.table({ ...restarts, ...doubled, ...figures });
  for (const finding of findings) console.log(`  ${finding}`);
  console.log(`The same plan again: npm run chaos -- --restarts ${values.restarts} --seed ${values.seed}`);
  process.exit(isClean(report) ? 0 : 1);
}
const broken = breakages.find((breakage) => breakage === values.break);
if (values.break !== undefined && broken === undefined) {
  console.error(`--break takes ${breakages.join(' or ')}`);
  process.exit(2);
}
const minutes = Number(values.minutes);
const uploads = Number(values.uploads ?? Math.round(minutes * uploadsPerMinute));
const { users, flood, workers, bots, blow, seed } = values;
// Only workers on Redis can go deaf in this way.
const redis = values.redis || broken === 'deaf';
const again = `npm run chaos -- --seed ${seed} --minutes ${minutes} --uploads ${uploads} --users ${users} --flood ${flood} --workers ${workers} --bots ${bots} --blow ${blow}${redis ? ' --redis' : ''}${broken ? ` --break ${broken}` : ''}`;
console.log(`The same plan again: ${again}`);
if (process.platform === 'win32') console.log('  without pauses: Windows has no SIGSTOP');
const dataDir = values.folder;
await rm(dataDir, { recursive: true, force: true });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const report = await runChaos({
  dataDir,
  seed: Number(seed),
  uploads,
  seconds: minutes * 60,
  users: Number(users),
  floodSize: Number(flood),
  workers: Number(workers),
  bots: Number(bots),
  redis,
  blowMs: Number(blow),
  ...(broken && { broken }),
  onProgress: (line) => console.log(`  ${line}`),
});
print(report);
console.log(`The same plan again: ${again}`);
process.exit(report.violations.length === 0 ? 0 : 1);
