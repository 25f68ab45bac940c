import { performance } from 'node:perf_hooks';
import type { Crowd } from './crowd.ts';
import { startCounting } from './expense.ts';
import { percentile, rounded, spread } from './percentiles.ts';
import type { Stage } from './stage.ts';

/**
 * Measures one file at a time, each of a new user, in ms, and what it costs. Before the measurement come files
 * after which code is compiled, connections are open and statements are prepared.
 */
export async function measureSingles(
  stage: Stage,
  crowd: Crowd,
  { singles, warmUpFiles }: { readonly singles: number; readonly warmUpFiles: number },
) {
  for (let file = 0; file < warmUpFiles; file += 1) await crowd.send(1).done;
  const costOf = await startCounting(stage, undefined);
  const trips = [];
  for (let file = 0; file < singles; file += 1) trips.push(await crowd.send(1_000 + file).done);
  return {
    files: singles,
    cost: await costOf(singles),
    /** From the arrival of the update at the bot to the last message of the answer. */
    total: spread(trips.map(({ given, documents }) => documents - given)),
    /** From the arrival of the update to the status message. */
    asked: spread(trips.map(({ given, asked }) => asked - given)),
    /** From the status message to the text. */
    text: spread(trips.map(({ asked, text }) => text - asked)),
  };
}

/**
 * Measures many users who send many files each, all at once.
 * @param profileDir where to write the profiles of bot and worker; none are taken without
 */
export async function measureFlood(
  stage: Stage,
  crowd: Crowd,
  { users, filesEach }: { readonly users: number; readonly filesEach: number },
  profileDir: string | undefined,
) {
  const files = users * filesEach;
  const costOf = await startCounting(stage, profileDir);
  const startedAt = performance.now();
  // Everybody's first file, then everybody's second, as they would come in.
  const sent = Array.from({ length: files }, (_, file) => crowd.send(10_000 + (file % users)));
  const trips = await Promise.all(sent.map(({ done }) => done));
  const cost = await costOf(files);
  const seconds =
    (percentile(
      trips.map(({ documents }) => documents),
      1,
    ) -
      startedAt) /
    1000;
  const waits = trips.map(({ given, documents }) => documents - given);
  return {
    files,
    seconds: rounded(seconds),
    filesPerSecond: rounded(files / seconds, 1),
    slowestAnswerMs: rounded(percentile(waits, 1), 0),
    ...cost,
  };
}
