/**
 * The image's health check against real processes: its result while they can do their work, and while they
 * cannot.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { OwnPostgres } from '../support/own-postgres.ts';
import { until } from '../support/until.ts';
import { stagesOf } from './dockerfile.ts';

const remote = stagesOf(readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8')).find(
  ({ name }) => name === 'remote',
);
const healthCheck = remote?.steps.find(({ word }) => word === 'HEALTHCHECK')?.rest ?? '';

/** Runs the check as Docker does, at the port of a test. Returns its exit code. */
async function check(port: number): Promise<number | null> {
  const command = JSON.parse(healthCheck.slice(healthCheck.indexOf('['))) as string[];
  const parameters = command.slice(1).map((parameter) => parameter.replace(':8686/', `:${port}/`));
  const child = spawn(process.execPath, parameters, { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code;
}

/** Waits until the process logs its port. */
async function portOf(fork: Fork, words: string): Promise<number> {
  const { web } = JSON.parse(await fork.logs(words)) as { web: number };
  return web;
}

let postgres: OwnPostgres;
let dabir: ForkedDabir;
beforeAll(async () => {
  postgres = await OwnPostgres.start();
  dabir = await startForkedDabir({ databaseUrl: postgres.url });
});
afterAll(async () => {
  await dabir.close();
  await postgres.remove();
});

test('a bot is unhealthy without a worker, and bot and worker are unhealthy without the database', async () => {
  const bot = await portOf(await dabir.startBot(), 'the bot listens');
  expect(await check(bot)).toBe(1);

  const worker = await portOf(
    await dabir.startEngineWorker({
      WORKER_WEB_PORT: '0',
      WORKER_LOCAL: '0',
      EBOO_TOKEN: 'eboo-token-for-tests',
    }),
    'health and metrics',
  );
  expect([await check(bot), await check(worker)]).toEqual([0, 0]);

  await postgres.goDown();
  expect([await check(bot), await check(worker)]).toEqual([1, 1]);

  await postgres.comeBack();
  await until(async () => (await check(bot)) === 0 && (await check(worker)) === 0);
});
