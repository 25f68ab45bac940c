/**
 * `npm run bench:flood-bots [-- --users N --files N --texts N --bots N]`: a few users who each send hundreds of files
 * and texts within seconds, to several bots behind a webhook and a worker, over a Telegram that minds how fast a bot is.
 * Counts the calls that Telegram refuses as too fast, by method, and the files that got no answer. Prints a table,
 * writes bench/results/flood-bots.json.
 */
import { startForkedDabir } from '../tests/support/forked-dabir.ts';
import { LoadBalancer } from '../tests/support/load-balancer.ts';
import { startBenchServer } from './support/database.ts';
import { rounded } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { readSizes } from './support/sizes.ts';

const sizes = readSizes({ users: 3, files: 100, texts: 50, bots: 2 }, { users: 1, files: 4, texts: 2 });
const { users, files: filesEach, texts: textsEach, bots } = sizes;
/** Longer than Telegram's limit of a message a second in a chat makes it take, in milliseconds. */
const patienceMs = 120_000 + (filesEach + textsEach) * 5_000;

const server = await startBenchServer('flood-bots');
const created = await server.database('flooded');
const balancer = await LoadBalancer.open();
const dabir = await startForkedDabir({
  flood: {},
  databaseUrl: created.url,
  env: { UPDATES: 'webhook', PUBLIC_URL: balancer.url, MAX_OPEN_FILES: '5' },
});
try {
  await dabir.startWorker();
  for (let bot = 0; bot < bots; bot += 1) {
    const { web } = JSON.parse(await (await dabir.startBot()).logs('"web":')) as { web: number };
    balancer.targets.add(web);
  }
  const crowd = await Promise.all(
    Array.from({ length: users }, (_, number) => dabir.person(`P${number}`, number % 2 === 0 ? 'fa' : 'en')),
  );
  const startedAt = performance.now();
  const sent = await Promise.all(
    crowd.map(async (person) => {
      const notes = await Promise.all(
        Array.from({ length: filesEach }, () =>
          person.sends('tone.ogg', { kind: 'voice', caption: 'local txt' }),
        ),
      );
      await Promise.all(Array.from({ length: textsEach }, () => person.says('hello')));
      return notes.map((note) => ({ person, note }));
    }),
  );
  const untold = () => sent.flat().filter(({ person, note }) => person.answers(note).length === 0).length;
  while (untold() > 0 && performance.now() - startedAt < patienceMs) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const { calls = 0, tooFast = 0, maxPerSecond = 0 } = dabir.playground.flood() ?? {};
  // The playground remembers the last 2,000 calls.
  const refused = dabir.playground.calls().filter(({ status }) => status === 429);
  const byMethod = Object.groupBy(refused, ({ method }) => method);
  const result = {
    files: sent.flat().length,
    texts: crowd.length * textsEach,
    untold: untold(),
    seconds: rounded((performance.now() - startedAt) / 1_000),
    calls,
    tooFast,
    maxPerSecond,
    ...Object.fromEntries(
      Object.entries(byMethod).map(([method, found]) => [`429 ${method}`, found?.length ?? 0]),
    ),
  };
  console.table(result);
  await writeResult('flood-bots', { settings: sizes, ...result });
  if (tooFast > 0 || untold() > 0) process.exitCode = 1;
} finally {
  await dabir.close();
  await balancer.close();
  await created.close();
  await server.stop();
}
