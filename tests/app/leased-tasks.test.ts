import { expect, onTestFinished, test } from 'vitest';
import { forEachTask, renewTaskLease } from '../../src/app/leased-tasks.ts';
import { until } from '../support/until.ts';

test('tasks are taken one after the other until none is left, or the process is about to end', async () => {
  const waiting = [1, 2, 3];
  const done: number[] = [];
  const take = async () => waiting.shift() ?? null;
  const leaving = new AbortController();
  await forEachTask(
    take,
    async (task) => {
      done.push(task);
      if (task === 2) leaving.abort();
    },
    leaving.signal,
  );
  expect(done).toEqual([1, 2]);
  await forEachTask(take, async (task) => void done.push(task), new AbortController().signal);
  expect(done).toEqual([1, 2, 3]);
});

test('the lease of a task is renewed at intervals and survives a renewal that fails, but not one that finds another holder', async () => {
  const answers = [() => true, () => Promise.reject(new Error('the database is away')), () => false];
  const lease = renewTaskLease(async () => (answers.shift() ?? (() => false))(), 1);
  onTestFinished(() => lease.end());
  let left = 0;
  lease.lost.addEventListener('abort', () => {
    left = answers.length;
  });
  await until(() => lease.lost.aborted);
  expect(left).toBe(0);
  expect(await lease.isOurs()).toBe(false);
});

test('a holder of an unclear lease asks before it trusts its lease; one that renewed it lately does not', async () => {
  let asked = 0;
  const keep = async () => {
    asked += 1;
    return true;
  };
  const unknown = renewTaskLease(keep, 60_000, true);
  const sure = renewTaskLease(keep, 60_000);
  onTestFinished(() => {
    unknown.end();
    sure.end();
  });
  expect(await sure.isOurs()).toBe(true);
  expect(asked).toBe(0);
  expect(await unknown.isOurs()).toBe(true);
  expect(await unknown.isOurs()).toBe(true);
  expect(asked).toBe(1);
});
