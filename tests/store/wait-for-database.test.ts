import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { expect, inject, onTestFinished, test } from 'vitest';
import { waitForDatabase } from '../../src/store/wait-for-database.ts';
import { OwnPostgres } from '../support/own-postgres.ts';
import { until } from '../support/until.ts';

const silent = pino({ level: 'silent' });

test('the start waits for a database that is down, and logs it', async () => {
  const postgres = await OwnPostgres.start();
  onTestFinished(() => postgres.remove());
  await postgres.goDown();
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  let answers = false;
  const waiting = waitForDatabase(postgres.url, log).then(() => (answers = true));
  await until(() => lines.some((line) => line.includes('waiting for PostgreSQL at DATABASE_URL')));
  expect(answers).toBe(false);
  await postgres.comeBack();
  await waiting;
  expect(lines.at(-1)).toContain('PostgreSQL answers');
  expect(lines.join('')).not.toContain(new URL(postgres.url).password);
});

test.each([
  ['a wrong password', (url: URL) => (url.password = 'not-it')],
  [
    'a database that does not exist',
    (url: URL) => (url.pathname = `/none_${randomBytes(4).toString('hex')}`),
  ],
])('%s is reported at once, in a sentence without the URL', async (_what, change) => {
  const url = new URL(inject('postgresUrl'));
  change(url);
  const failure = await waitForDatabase(url.href, silent).catch((error: Error) => error.message);
  expect(failure).toMatch(/^PostgreSQL at DATABASE_URL lets nobody in \(.+\)\.$/);
  expect(failure).not.toContain(url.port);
});
