import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { LoadBalancer } from '../support/load-balancer.ts';
import { until } from '../support/until.ts';

const waiting = 2;
/**
 * More than Telegram takes at once in a chat (30), and fewer than two bots could send there that know only of
 * themselves.
 */
const files = 38;

let dabir: ForkedDabir;
let balancer: LoadBalancer;
beforeAll(async () => {
  balancer = await LoadBalancer.open();
  dabir = await startForkedDabir({
    flood: {},
    env: { UPDATES: 'webhook', PUBLIC_URL: balancer.url, MAX_OPEN_FILES: String(waiting) },
  });
  dabir.engine.hold();
  const [, ...bots] = await Promise.all([dabir.startWorker(), dabir.startBot(), dabir.startBot()]);
  for (const bot of bots) {
    balancer.targets.add((JSON.parse(await bot.logs('"web":')) as { web: number }).web);
  }
});
afterAll(async () => {
  await dabir.close();
  await balancer.close();
});

/** The long form, with figures: `npm run bench:flood-bots`. */
test('two bots that one user floods are never too fast for Telegram, and every refused file is reported', async () => {
  const sara = await dabir.person('Sara', 'en');
  const notes = await Promise.all(
    Array.from({ length: files }, () => sara.sends('tone.ogg', { kind: 'voice', caption: 'local txt' })),
  );
  const untold = () => notes.filter((note) => sara.answers(note).length === 0);
  await until(
    () => untold().length === 0,
    () => `${untold().length} of ${files} files without an answer`,
  );
  const full = sara.word('lane-full-files', { limit: waiting });
  const refused = notes.filter((note) => sara.answers(note).some(({ text }) => text === full));
  expect(refused).toHaveLength(files - waiting);
  const { tooFast } = dabir.playground.flood() ?? {};
  const tooFastCalls = dabir.playground.calls().filter(({ status }) => status === 429);
  expect(tooFastCalls.map(({ method }) => method)).toEqual([]);
  expect(tooFast).toBe(0);
});
