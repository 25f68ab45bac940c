/**
 * `npm run bench:fairness` measures the wait of nine users who send one file each behind a user with 500
 * files in the lane, with one slot, in units of one file's time. A round of all ten would be 10. It prints a
 * table and writes bench/results/fairness.json.
 */
import { Crowd } from './support/crowd.ts';
import { startBenchServer } from './support/database.ts';
import { percentile, rounded } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { readSizes } from './support/sizes.ts';
import { setStage } from './support/stage.ts';

const {
  files,
  others,
  'engine-ms': engineMs,
} = readSizes({ files: 500, others: 9, 'engine-ms': 100 }, { files: 20, others: 3, 'engine-ms': 50 });

const server = await startBenchServer('fairness');
const stage = await setStage(server, {
  form: 'queue',
  redisUrl: null,
  slots: 1,
  engineMs,
});
try {
  const crowd = new Crowd(stage.telegram, false);
  const answered: number[] = [];
  const send = (user: number) => {
    const { placed, done } = crowd.send(user);
    const noted = done.then((trip) => {
      answered.push(trip.text);
      return trip;
    });
    return { placed, done: noted };
  };
  const many = Array.from({ length: files }, () => send(1));
  for (const { done } of many) done.catch(() => undefined);
  await Promise.all(many.map(({ placed }) => placed));
  const single = Array.from({ length: others }, (_, other) => send(2 + other));
  const trips = await Promise.all(single.map(({ done }) => done));

  const moments = answered.toSorted((a, b) => a - b);
  const fileMs = percentile(
    moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment)),
    0.5,
  );
  const waits = trips.map(({ given, text }, other) => ({
    user: other + 1,
    'waited, ms': rounded(text - given, 0),
    "in files' times": rounded((text - given) / fileMs),
    'files ended in that time': moments.filter((moment) => moment > given && moment < text).length,
  }));
  const worst = Math.max(...waits.map((wait) => wait["in files' times"]));
  const result = { files: many.length, others, fileMs: rounded(fileMs, 1), waits, worst, target: others + 1 };
  console.log(`one file takes ${result.fileMs} ms; ${many.length} files of one user are in the lane`);
  console.table(waits);
  console.log(`the longest wait: ${worst} files' times (at most ${result.target} is one round)`);
  await writeResult('fairness', result);
} finally {
  await stage.close();
  await server.stop();
}
