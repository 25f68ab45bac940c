import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { LoadBalancer } from '../support/load-balancer.ts';
import { until } from '../support/until.ts';

const files = Number(process.env['FLOOD_FILES'] ?? 36);
const texts = Number(process.env['FLOOD_TEXTS'] ?? 6);
const people = Number(process.env['FLOOD_PEOPLE'] ?? 1);
const waiting = 2;

let dabir: ForkedDabir;
let balancer: LoadBalancer;
beforeAll(async () => {
  balancer = await LoadBalancer.open();
  dabir = await startForkedDabir({
    flood: {},
    env: { UPDATES: 'webhook', PUBLIC_URL: balancer.url, MAX_WAITING_FILES: String(waiting) },
  });
  await dabir.startWorker();
  for (const bot of await Promise.all([dabir.startBot(), dabir.startBot()])) {
    balancer.targets.add((JSON.parse(await bot.logs('"web":')) as { web: number }).web);
  }
});
afterAll(async () => {
  await dabir.close();
  await balancer.close();
});

test('two bots that one person floods are never too fast for Telegram, and every refused file is told', async () => {
  const crowd = await Promise.all(
    Array.from({ length: people }, (_, n) => dabir.person(`P${n}`, n % 2 === 0 ? 'en' : 'fa')),
  );
  const startedAt = Date.now();
  await Promise.all(
    crowd.map(async (person) => {
      const notes = await Promise.all(
        Array.from({ length: files }, () =>
          person.sends('tone.ogg', { kind: 'voice', caption: 'local txt' }),
        ),
      );
      const said = await Promise.all(Array.from({ length: texts }, () => person.says('hello')));
      // Every file is told of: refused, or ended.
      await until(
        () => notes.every((note) => person.answers(note).length > 0),
        () => `${notes.filter((note) => person.answers(note).length === 0).length} files are not told of`,
      );
      void said;
    }),
  );
  const refused = dabir.playground.calls().filter(({ status }) => status === 429);
  const report = dabir.playground.flood();
  const by = Object.groupBy(refused, ({ method, parameters }) => `${method} ${parameters['chat_id']}`);
  console.log(
    'FLOOD',
    JSON.stringify({
      seconds: (Date.now() - startedAt) / 1000,
      calls: report?.calls,
      tooFast: report?.tooFast,
      by: Object.fromEntries(Object.entries(by).map(([k, v]) => [k, v?.length])),
    }),
  );
  expect(report?.tooFast).toBe(0);
});
