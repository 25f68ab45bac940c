/**
 * `npm run bench:mixed` sends mixed traffic to one bot and one worker for an hour: files with documents, commands,
 * searches of the history, inline queries, files in groups, and views of admin pages. It samples the memory of both every
 * minute, after garbage collection. It prints the series, writes bench/results/mixed.json, and exits with 1 when the bot
 * takes more than 200 MB, the worker with its children more than 400 MB, or either grows by more than 5 MB in the second
 * half. With `--short` nothing is judged.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSignInLink } from '../src/app/admin/sign-in.ts';
import { createSignIns } from '../src/store/admin/sign-ins.ts';
import { openDatabase } from '../src/store/client.ts';
import { AdminBrowser } from '../tests/support/admin-browser.ts';
import { until } from '../tests/support/until.ts';
import { Crowd } from './support/crowd.ts';
import { startBenchServer } from './support/database.ts';
import { growth } from './support/growth.ts';
import { rounded } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { isShort, readSizes } from './support/sizes.ts';
import { SmallTalk } from './support/small-talk.ts';
import { setStage } from './support/stage.ts';
import { memoryOfTree } from './support/tree-memory.ts';

const {
  seconds,
  'files-a-minute': filesAMinute,
  'sample-seconds': sampleSeconds,
  users,
} = readSizes(
  { seconds: 3_600, 'files-a-minute': 167, 'sample-seconds': 60, users: 300 },
  { seconds: 6, 'files-a-minute': 60, 'sample-seconds': 2, users: 5 },
);
const maxMegabytes = { bot: 200, worker: 400, growth: 5 };
const admin = 1;
const pages = [
  '/now',
  '/now?search=meeting',
  '/users',
  '/engines',
  '/system',
  '/system/summary',
  '/lines?all=yes',
  '/audit',
];

const server = await startBenchServer('mixed');
const stage = await setStage(server, {
  form: 'documents',
  redisUrl: null,
  slots: 2,
  env: { ADMIN_IDS: String(admin) },
});
const database = openDatabase(stage.database.url, 1);
const stopping = new AbortController();
try {
  const crowd = new Crowd(stage.telegram, true);
  const talk = new SmallTalk(stage.telegram);
  talk.command(admin, 'start');
  const browser = new AdminBrowser(`http://127.0.0.1:${await stage.bot.webPort()}/admin`);
  await until(async () => (await stage.database.query(`SELECT FROM "user" WHERE id = ${admin}`)).length > 0);
  const link = await createSignInLink(createSignIns(database), admin);
  await browser.enter(link, await browser.markOf(link));
  if ((await browser.get('/now')).status !== 200) throw new Error('the admin is not signed in');
  let sent = 0;
  let done = 0;
  let failed = 0;
  const every = async (ms: number, act: (turn: number) => unknown) => {
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      void act(turn);
      await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const file = (turn: number) => {
    // A user whose files wait would only fill the lane.
    if (sent - done - failed > users) return;
    sent += 1;
    crowd.send(100 + (turn % users)).done.then(
      () => {
        done += 1;
      },
      () => {
        failed += 1;
      },
    );
  };
  const view = async (page: string) => {
    const response = await browser.get(page).catch(() => undefined);
    await response?.text();
  };
  const traffic = [
    every(60_000 / filesAMinute, file),
    every(1_000, (turn) =>
      talk.command(100 + (turn % users), talk.commands[turn % talk.commands.length] ?? 'help'),
    ),
    every(1_500, (turn) => talk.inlineQuery(100 + (turn % users), ['سلام', 'پیام', ''][turn % 3] ?? '')),
    every(3_000, (turn) => talk.groupFile(-1_000 - (turn % 20), 100 + (turn % users))),
    every(1_000, (turn) => view(pages[turn % pages.length] ?? '/now')),
  ];
  const samples: Record<string, number>[] = [];
  const startedAt = performance.now();
  for (let at = sampleSeconds; at <= seconds; at += sampleSeconds) {
    await sleep(startedAt + at * 1_000 - performance.now());
    const [bot, worker] = await Promise.all([
      stage.bot.ask({ ask: 'usage' }),
      stage.worker.ask({ ask: 'usage' }),
    ]);
    const sample = {
      seconds: at,
      done,
      failed,
      'bot RSS': megabytes(bot.rss),
      'bot heap': megabytes(bot.heapUsed),
      'worker RSS': megabytes(worker.rss),
      'worker heap': megabytes(worker.heapUsed),
      'worker and children RSS': megabytes(await memoryOfTree(stage.worker.pid)),
    };
    samples.push(sample);
    console.log(JSON.stringify(sample));
  }
  stopping.abort();
  await Promise.all(traffic);
  const names = ['bot RSS', 'bot heap', 'worker and children RSS', 'worker heap'] as const;
  const late = samples.slice(Math.floor(samples.length / 2));
  const grown = Object.fromEntries(
    names.map((name) => [
      name,
      growth(late.map((sample) => ({ x: sample['seconds'] ?? 0, y: sample[name] ?? 0 }))),
    ]),
  );
  console.table(samples);
  console.table(grown);
  const max = (name: string) => Math.max(...samples.map((sample) => sample[name] ?? 0));
  const extraWordCost = [
    max('bot RSS') > maxMegabytes.bot,
    max('worker and children RSS') > maxMegabytes.worker,
    (grown['bot RSS']?.grown ?? 0) > maxMegabytes.growth,
    (grown['worker and children RSS']?.grown ?? 0) > maxMegabytes.growth,
  ];
  if (extraWordCost.includes(true) && !isShort) process.exitCode = 1;
  await writeResult('mixed', { samples, grown, maxMegabytes });
} finally {
  stopping.abort();
  await database.close();
  await stage.close();
  await server.stop();
}

function megabytes(bytes: number): number {
  return rounded(bytes / 2 ** 20, 1);
}
