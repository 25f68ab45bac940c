/**
 * `npm run bench:flow` measures from the arrival of the update at the bot to the departure of the answer from
 * the worker, with an engine that takes 0 ms. It has three forms (the queue alone; with a voice note of 5 s
 * downloaded and decoded; with TXT, DOCX and PDF too), each with one file at a time and with a flood, with
 * tokens on PostgreSQL and on Redis, beside bare BullMQ. It prints tables and writes bench/results/flow.json.
 * `--statements` also shows each SQL statement with its time and pages per file; `--profile` shows where bot and
 * worker spend their time. Both slow everything down. `--short` takes a few files in the queue form alone.
 */
import { join } from 'node:path';
import { Redis } from '../tests/chaos/redis.ts';
import { measureBareQueue } from './support/bare-queue.ts';
import { Crowd } from './support/crowd.ts';
import { startBenchServer } from './support/database.ts';
import { besideTargets } from './support/flow-targets.ts';
import { findHotSpots } from './support/hot-spots.ts';
import { measureFlood, measureSingles } from './support/measure-flow.ts';
import { rounded } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { isShort, readOptions } from './support/sizes.ts';
import { type Form, forms, type Stage, setStage } from './support/stage.ts';

const { sizes, values } = readOptions(
  { users: 50, files: 20, singles: 100, slots: 8, 'warm-up': 30 },
  { users: 4, files: 3, singles: 20, 'warm-up': 3 },
  {
    form: { type: 'string', multiple: true, default: isShort ? ['queue'] : [...forms] },
    tokens: { type: 'string', multiple: true, default: ['PostgreSQL', 'Redis'] },
    profile: { type: 'boolean', default: false },
    statements: { type: 'boolean', default: false },
  },
);
const { users, singles, slots, files: filesEach, 'warm-up': warmUpFiles } = sizes;
const settings = { users, filesEach, singles, slots, warmUpFiles };

const server = await startBenchServer('flow', values.statements);
const redis = values.tokens.includes('Redis')
  ? await Redis.start(join(server.dataDir, 'redis')).catch(() => undefined)
  : undefined;
try {
  const results: object[] = [];
  for (const tokens of values.tokens) {
    const redisUrl = tokens === 'Redis' ? redis?.url : null;
    if (redisUrl === undefined) {
      console.log('Redis: not measured, there is no redis-server on this machine');
      continue;
    }
    const bare = await measureBare(tokens, redisUrl);
    for (const form of forms.filter((name) => values.form.includes(name))) {
      results.push({ tokens, form, ...(await measure(form, tokens, redisUrl)), bare });
    }
  }
  await writeResult('flow', { settings, results });
} finally {
  await redis?.stop();
  await server.stop();
}

async function measureBare(tokens: string, redisUrl: string | null) {
  const database = await server.database(`bare_${tokens.toLowerCase()}`);
  try {
    const bare = await measureBareQueue(database.url, redisUrl, {
      singles,
      flood: users * filesEach,
      slots,
    });
    console.log(`\n${tokens}: bare BullMQ`, bare);
    return bare;
  } finally {
    await database.close();
  }
}

async function measure(form: Form, tokens: string, redisUrl: string | null) {
  const stage = await setStage(server, { form, redisUrl, slots });
  const profileDir = values.profile ? server.dataDir : undefined;
  try {
    const crowd = new Crowd(stage.telegram, form === 'documents');
    const one = await measureSingles(stage, crowd, settings);
    const flood = await measureFlood(stage, crowd, settings, profileDir);
    console.log(`\n${tokens}, ${form}`);
    console.table(besideTargets(form, tokens, one, flood));
    if (values.statements) console.table(await statementTable(stage, users * filesEach));
    if (profileDir !== undefined) {
      for (const role of ['bot', 'worker']) {
        console.log(`\n${role}, share of its time on the processor, in the flood`);
        console.table(await findHotSpots(join(profileDir, `${role}.cpuprofile`)));
      }
    }
    return { one, flood };
  } finally {
    const complaints = [...stage.bot.complaints, ...stage.worker.complaints];
    if (complaints.length > 0) console.log(`${complaints.length} complaints, such as: ${complaints[0]}`);
    await stage.close();
  }
}

/** Returns what the server did for each file of the flood, statements inside routines and triggers too. */
async function statementTable({ database }: Stage, files: number): Promise<object[]> {
  const costs = await database.costs();
  return costs
    .filter(({ calls }) => calls >= files / 20)
    .map(({ calls, totalMs, buffers, walBytes, isInner, sql }) => ({
      'calls per file': rounded(calls / files),
      'ms per file': rounded(totalMs / files, 3),
      'pages per file': rounded(buffers / files, 1),
      'WAL bytes per file': rounded(walBytes / files, 0),
      statement: `${isInner ? '  ' : ''}${sql.slice(0, 110)}`,
    }));
}
