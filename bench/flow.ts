/**
 * `npm run bench:flow`: from the update reaching the bot to the answer leaving the worker, with an engine that takes
 * 0 ms. Three forms (the queue alone; with a voice note of 5 s downloaded and decoded; with TXT, DOCX and PDF too),
 * one file at a time and a flood, with PostgreSQL tokens and with Redis, beside bare BullMQ. Prints tables, writes
 * bench/results/flow.json. `--profile` also tells where bot and worker spend their time (and slows both down).
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Redis } from '../tests/chaos/redis.ts';
import { measureBareQueue } from './support/bare-queue.ts';
import { Crowd } from './support/crowd.ts';
import { startBenchServer } from './support/database.ts';
import { measureFlood, measureSingles } from './support/flow.ts';
import { hotSpots } from './support/hot-spots.ts';
import { writeResult } from './support/results.ts';
import { type Form, forms, setStage } from './support/stage.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '50' },
    files: { type: 'string', default: '20' },
    singles: { type: 'string', default: '100' },
    slots: { type: 'string', default: '8' },
    form: { type: 'string', multiple: true, default: [...forms] },
    tokens: { type: 'string', multiple: true, default: ['PostgreSQL', 'Redis'] },
    profile: { type: 'boolean', default: false },
  },
});
const [people, files, singles, slots] = [values.people, values.files, values.singles, values.slots].map(
  Number,
) as [number, number, number, number];

/** Issue 4, "Must show". */
const targets: Record<Form, { p50: number | null; filesPerSecond: Record<string, number> }> = {
  queue: { p50: 15, filesPerSecond: { PostgreSQL: 80, Redis: 150 } },
  voice: { p50: 40, filesPerSecond: { PostgreSQL: 50, Redis: 50 } },
  documents: { p50: null, filesPerSecond: { PostgreSQL: 20, Redis: 20 } },
};
const targetRoundTrips = 12;

const server = await startBenchServer('flow');
const redis = values.tokens.includes('Redis')
  ? await Redis.start(join(server.dataDir, 'redis')).catch(() => undefined)
  : undefined;
const results: object[] = [];
try {
  for (const tokens of values.tokens) {
    if (tokens === 'Redis' && redis === undefined) {
      console.log('Redis: not measured, there is no redis-server on this machine');
      continue;
    }
    const redisUrl = tokens === 'Redis' ? (redis?.url ?? null) : null;
    const bareDatabase = await server.database(`bare_${tokens.toLowerCase()}`);
    const bare = await measureBareQueue(bareDatabase.url, redisUrl, {
      singles,
      flood: people * files,
      slots,
    });
    await bareDatabase.close();
    console.log(`\n${tokens}: bare BullMQ`, bare);
    for (const form of forms.filter((name) => values.form.includes(name))) {
      results.push({ tokens, form, ...(await measure(form, tokens, redisUrl)), bare });
    }
  }
  await writeResult('flow', { settings: { people, files, singles, slots }, results });
} finally {
  await redis?.stop();
  await server.stop();
}

async function measure(form: Form, tokens: string, redisUrl: string | null) {
  const stage = await setStage(server, { form, redisUrl, slots });
  try {
    const crowd = new Crowd(stage.telegram);
    const one = await measureSingles(crowd, singles);
    const flood = await measureFlood(
      stage,
      crowd,
      people,
      files,
      values.profile ? server.dataDir : undefined,
    );
    const target = targets[form];
    console.log(`\n${tokens}, ${form}`);
    console.table({
      'one file p50, ms': { figure: one.total.p50, target: target.p50 ?? '' },
      'one file p95, ms': { figure: one.total.p95, target: '' },
      'files per second': { figure: flood.filesPerSecond, target: target.filesPerSecond[tokens] ?? '' },
      'round trips of Dabir per file': { figure: flood.dabirRoundTrips, target: targetRoundTrips },
      'round trips of BullMQ per file': { figure: flood.bullmqRoundTrips, target: '' },
      'Bot API calls per file': { figure: flood.callsPerFile, target: '' },
      'bot: ms of processor per file': { figure: flood.bot.cpuMs, target: '' },
      'worker: ms of processor per file': { figure: flood.worker.cpuMs, target: '' },
      'PostgreSQL: ms of processor per file': { figure: flood.postgresCpuMs, target: '' },
      'bench: ms of processor per file': { figure: flood.benchCpuMs, target: '' },
      'bot: MB': { figure: flood.bot.megabytes, target: '' },
      'worker: MB': { figure: flood.worker.megabytes, target: '' },
    });
    if (values.profile) {
      for (const role of ['bot', 'worker']) {
        console.log(`\n${role}, share of its time on the processor, in the flood`);
        console.table(await hotSpots(join(server.dataDir, `${role}.cpuprofile`)));
      }
    }
    return { one, flood };
  } finally {
    const complaints = [...stage.bot.complaints, ...stage.worker.complaints];
    if (complaints.length > 0) console.log(`${complaints.length} warnings, such as: ${complaints[0]}`);
    await stage.close();
  }
}
