/**
 * `npm run bench:lane [-- --rounds N --max-size N]` measures what one file costs the lane, from its arrival to
 * its end (submit, choose, claim, heartbeat, finish with the next one's promotion), while 1,000 to 1,000,000
 * others wait, ten of each user or all of one. There is a database for each size, in one server, and they
 * take a file in turn, so that other load of the machine affects all alike. It prints a table and writes
 * bench/results/lane.json.
 */
import { startBenchServer } from './support/database.ts';
import { percentile, rounded, spread } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { readSizes } from './support/sizes.ts';
import { WaitingFiles } from './support/waiting-files.ts';

const { rounds, 'max-size': maxSize } = readSizes(
  { rounds: 1_000, 'max-size': 1_000_000 },
  { rounds: 10, 'max-size': 10_000 },
);
const sizes = [1_000, 10_000, 100_000, 1_000_000].filter((size) => size <= maxSize);

/** Files that are not measured: they find cold caches and functions without a plan. */
const warmUp = Math.ceil(rounds / 10);

/** Maximum ratio of a file's cost at the largest size to that at the smallest. */
const target = 1.2;

const results = [];
for (const [name, usersOf] of [
  ['ten of each user', (waiting: number) => waiting / 10],
  ['all of one user', () => 1],
] as const) {
  const figures = await measured(usersOf);
  console.log(`\n${name}: one file among those that wait, of ${rounds}`);
  console.table(
    figures.map(({ steps, ...figure }) => ({
      ...figure,
      ...Object.fromEntries(Object.entries(steps).map(([step, { p50 }]) => [step, p50])),
    })),
  );
  const last = figures.at(-1);
  console.log(
    `while ${last?.waiting} wait: ${last?.ratio} times what it is with ${sizes[0]} (at most ${target})`,
  );
  results.push({ spread: name, figures });
}
await writeResult('lane', { rounds, target, results });

/** Returns the figures of every size; `usersOf` gives the number of users. */
async function measured(usersOf: (waiting: number) => number) {
  const server = await startBenchServer('lane');
  const queues = new Map<number, WaitingFiles>();
  try {
    for (const waiting of sizes) {
      const database = await server.database(`waiting_${waiting}`);
      queues.set(waiting, await WaitingFiles.fill(database, waiting, usersOf(waiting)));
    }
    for (let round = -warmUp; round < rounds; round += 1) {
      if (round === 0) for (const queue of queues.values()) await queue.reset();
      for (const queue of queues.values()) await queue.passOne();
    }
    const figures = [];
    for (const [waiting, queue] of queues) figures.push({ waiting, ...(await figuresOf(queue)) });
    const base = figures[0]?.p50 ?? Number.NaN;
    return figures.map((figure) => ({ ...figure, ratio: rounded(figure.p50 / base) }));
  } finally {
    for (const queue of queues.values()) await queue.close();
    await server.stop();
  }
}

async function figuresOf(queue: WaitingFiles) {
  const { pages, rows, walBytes, walPages } = await queue.serverCost();
  const whole = queue.times.map((steps) => Object.values(steps).reduce((sum, ms) => sum + ms, 0));
  const step = (name: keyof (typeof queue.times)[number]) => spread(queue.times.map((times) => times[name]));
  return {
    p50: rounded(percentile(whole, 0.5)),
    p95: rounded(percentile(whole, 0.95)),
    pages: rounded(pages, 1),
    rows: rounded(rows, 1),
    'WAL, KB': rounded(walBytes / 1024, 1),
    'WAL pages': rounded(walPages, 2),
    steps: {
      submit: step('submit'),
      choose: step('choose'),
      claim: step('claim'),
      heartbeat: step('heartbeat'),
      finish: step('finish'),
    },
  };
}
