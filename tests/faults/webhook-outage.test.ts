// The fault numbers in titles are those of docs/faults.md.

import { Api } from 'grammy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { LoadBalancer } from '../support/load-balancer.ts';
import { OwnPostgres } from '../support/own-postgres.ts';
import { until } from '../support/until.ts';

const voice = { kind: 'voice' } as const;

let postgres: OwnPostgres;
let balancer: LoadBalancer;
let dabir: ForkedDabir;

beforeAll(async () => {
  [postgres, balancer] = await Promise.all([OwnPostgres.start(), LoadBalancer.open()]);
  dabir = await startForkedDabir({
    databaseUrl: postgres.url,
    env: { UPDATES: 'webhook', PUBLIC_URL: balancer.url },
  });
  const bot = await dabir.startBot();
  balancer.targets.add((JSON.parse(await bot.logs('"web":')) as { web: number }).web);
  await dabir.startWorker();
});
afterAll(async () => {
  await dabir.close();
  await balancer.close();
  await postgres.remove();
});

test('fault 7, by webhook: while PostgreSQL is away the response is 503, Telegram delivers again, and nothing is lost', async () => {
  const { token, apiRoot } = dabir.playground;
  const telegram = new Api(token, { apiRoot });
  const [sara, omid] = [await dabir.person('سارا', 'fa'), await dabir.person('Omid', 'en')];
  const before = await sara.asksFor('tone.ogg', voice);
  expect(await answerTo(sara, before.note)).toEqual(onceAndWhole);

  await postgres.goDown();
  const notes = [
    { person: sara, note: await sara.sends('tone.ogg', voice) },
    { person: omid, note: await omid.sends('tone.ogg', voice) },
  ];
  await until(async () => (await telegram.getWebhookInfo()).last_error_message?.includes('503'));
  await postgres.comeBack();
  for (const { person, note } of notes) {
    await person.chooses(note);
    expect(await answerTo(person, note)).toEqual(onceAndWhole);
  }
  expect(await dabir.database.transcription.count()).toBe(3);
});
