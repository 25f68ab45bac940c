/**
 * `npm run chaos [-- --seconds N] [--uploads N] [--seed N] [--redis] [--break fence|slot]`: uploads through a fleet of
 * bots and workers that are killed, paused and redeployed, over a database that crashes. Prints what was done and
 * whether every promise of the lane was kept; exits 1 on any violation.
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rules } from './broken-rules.ts';
import { runChaos } from './driver.ts';

const { values } = parseArgs({
  options: {
    uploads: { type: 'string', default: '500' },
    people: { type: 'string', default: '25' },
    workers: { type: 'string', default: '3' },
    bots: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    blow: { type: 'string', default: '1500' },
    redis: { type: 'boolean', default: false },
    break: { type: 'string' },
  },
});
const broken = rules.find((rule) => rule === values.break);
const dataDir = fileURLToPath(new URL('../../.data/chaos', import.meta.url));
await rm(dataDir, { recursive: true, force: true });
console.log(
  `seed ${values.seed}${values.redis ? ', tokens on Redis' : ', tokens on PostgreSQL'}${broken ? `, without the rule "${broken}"` : ''}`,
);
const report = await runChaos({
  dataDir,
  seed: Number(values.seed),
  uploads: Number(values.uploads),
  people: Number(values.people),
  workers: Number(values.workers),
  bots: Number(values.bots),
  redis: values.redis,
  blowMs: Number(values.blow),
  ...(broken && { broken }),
  onProgress: (line) => console.log(`  ${line}`),
});
console.table({ ...report.states, ...report.blows, duplicates: report.duplicates, seconds: report.seconds });
for (const violation of report.violations.slice(0, 50)) console.log(`  VIOLATION ${violation}`);
console.log(`${report.uploads} uploads, ${report.violations.length} violations`);
process.exit(report.violations.length === 0 ? 0 : 1);
