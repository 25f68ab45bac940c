/**
 * `npm run bench:admin [-- --files N --rounds N]` measures how fast every admin page answers, over HTTP, with
 * a million transcriptions in the database, and whether any of them scans that whole table. It prints a
 * table, writes bench/results/admin.json, and exits with 1 when a page exceeds its time or scans. With `--short`
 * times are not judged.
 */
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { pino } from 'pino';
import { wireShared } from '../src/compose/shared.ts';
import { createAdminRoutes } from '../src/compose/web.ts';
import { loadConfig, requireRole } from '../src/runtime/config.ts';
import { startWeb } from '../src/web/server.ts';
import { AdminBrowser } from '../tests/support/admin-browser.ts';
import { fillPast } from '../tests/support/past-files.ts';
import { startBenchServer } from './support/database.ts';
import { rounded, spread } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { isShort, readSizes } from './support/sizes.ts';

const {
  files,
  rounds,
  users,
  'warm-up': warmUp,
} = readSizes(
  { files: 1_000_000, rounds: 100, users: 49_999, 'warm-up': 5 },
  { files: 20_000, rounds: 1, users: 999, 'warm-up': 0 },
);

/** Target for the 95th percentile, in ms. */
const targetMs = 100;

/** Id of the signed-in user, whom the generated history makes an admin. */
const admin = 1;

const pages = [
  '/now',
  '/now?state=OPEN',
  '/now?state=FAILED',
  '/now?state=PROCESSING',
  '/now?state=CHOOSING',
  '/now?engine=vira&kind=video',
  '/now?search=7',
  '/now?search=@person_77',
  '/now?search=meeting',
  '/now?search=nobody+is+called+so',
  `/now?before=${files / 2}`,
  `/now?before=${files / 2}&state=CANCELLED`,
  `/now/${files - 5_000}`,
  '/users',
  '/users?search=No.+499',
  '/users/77',
  '/engines',
  '/engines/list',
  '/system',
  '/system?span=week',
  '/system?span=month',
  '/system/state',
  '/system/summary',
  '/answers',
  '/lines',
  '/lines?all=yes',
  '/sessions',
  '/audit',
];

const server = await startBenchServer('admin');
try {
  const database = await server.database('a_million');
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  console.log(`filling in ${files} files …`);
  await fillPast(client, { files, users, days: 365 });

  const config = requireRole(
    loadConfig({
      BOT_TOKEN: '1:bench-token-that-opens-nothing',
      DATABASE_URL: database.url,
      TIME_ZONE: 'Asia/Tehran',
    }),
  );
  const log = pino({ level: 'silent' });
  const shared = wireShared(config, log);
  const web = await startWeb({ host: '127.0.0.1', port: 0, portName: 'WEB_PORT' }, [], log, [
    createAdminRoutes(config, shared),
  ]);
  try {
    const closedAt = performance.now();
    await shared.charts.storeFinishedPeriods();
    const closeMs = rounded(performance.now() - closedAt, 0);
    console.log(`the past month was added up in ${closeMs} ms, once`);
    const browser = await AdminBrowser.signedIn(`http://127.0.0.1:${web.port}/admin`, shared, admin);
    // A connection reports its counts at the end of a statement, after this one has read them: read twice.
    await scans(client);
    const scansBefore = await scans(client);
    const figures = [];
    for (const page of pages) {
      const figure = { page, ...(await answers(browser, page)) };
      console.log(JSON.stringify(figure));
      figures.push(figure);
    }
    const scanned = (await scans(client)) - scansBefore;
    console.table(figures);
    const slow = figures.filter(({ p95 }) => p95 > targetMs);
    console.log(
      `sequential scans of transcription: ${scanned}; slower than ${targetMs} ms: ${slow.length} pages`,
    );
    await writeResult('admin', { files, users, rounds, targetMs, closeMs, scanned, figures });
    process.exitCode = (slow.length > 0 && !isShort) || scanned > 0 ? 1 : 0;
  } finally {
    await web.close();
    await shared.close();
    await client.end();
    await database.close();
  }
} finally {
  await server.stop();
}

/** Returns the times of a page in ms and its size in KB; the first answers find cold caches. */
async function answers(browser: AdminBrowser, page: string) {
  const times: number[] = [];
  let size = 0;
  for (let round = -warmUp; round < rounds; round += 1) {
    const askedAt = performance.now();
    const response = await browser.get(page);
    size = (await response.text()).length;
    if (response.status !== 200) throw new Error(`${page} answers ${response.status}`);
    if (round >= 0) times.push(performance.now() - askedAt);
  }
  return { ...spread(times), slowest: rounded(Math.max(...times)), kilobytes: rounded(size / 1000, 1) };
}

async function scans(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ scans: string }>(
    `SELECT pg_stat_force_next_flush(), seq_scan AS scans FROM pg_stat_user_tables WHERE relname = 'transcription'`,
  );
  return Number(rows[0]?.scans);
}
