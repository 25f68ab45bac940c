/**
 * `npm run bench:flood [-- --users N --files N --percent N --seed N]` lets users send many files each, all
 * at once, to a bot and a worker in processes of their own, over a Telegram that enforces its rate limits and
 * refuses some calls by chance. Every person has to get every answer once. It prints a table and writes
 * bench/results/flood.json.
 */
import { join } from 'node:path';
import { startPlayground } from 'telegram-playground';
import { Fork } from '../tests/support/fork.ts';
import { Person } from '../tests/support/person.ts';
import { openTestDatabase } from '../tests/support/test-database.ts';
import { startBenchServer } from './support/database.ts';
import { percentile, rounded } from './support/percentiles.ts';
import { writeResult } from './support/results.ts';
import { readSizes } from './support/sizes.ts';

const sizes = readSizes({ users: 50, files: 20, percent: 5, seed: 1 }, { users: 4, files: 2 });
const { users, files: filesEach, percent, seed } = sizes;
/** Time limit in ms, above the time that the rate limits need. */
const patienceMs = 120_000 + users * filesEach * 1_000;

const server = await startBenchServer('flood');
const { dataDir } = server;
const created = await server.database('flooded');
const database = openTestDatabase(created.url, 2);
const token = '1000000001:bench-only-not-a-real-token-000';
const playground = await startPlayground({
  dataDir: join(dataDir, 'playground'),
  host: '127.0.0.1',
  port: 0,
  token,
  flood: { randomPercent: percent, seed },
});
const env = {
  BOT_TOKEN: token,
  TELEGRAM_API_ROOT: playground.apiRoot,
  DATABASE_URL: created.url,
  REDIS_URL: '',
  DATA_DIR: dataDir,
  WEB_PORT: '0',
  WORKER_LOCAL: '4',
};
const [worker, bot] = await Promise.all([
  Fork.start(new URL('./support/worker.ts', import.meta.url), env),
  Fork.start(new URL('../src/main.ts', import.meta.url), env),
]);
while ((await database.engineReport.count()) === 0) await pause();
const crowd = await Promise.all(
  Array.from({ length: users }, (_, number) =>
    Person.join(playground.url, `P${number}`, number % 2 === 0 ? 'fa' : 'en'),
  ),
);
try {
  const startedAt = performance.now();
  const sent = await Promise.all(crowd.map(sendAll));
  const files = sent.flat();
  const isDone = () =>
    files.every(({ person, note }) => person.answers(note).length >= 1) &&
    crowd.every((person) => filesOf(person).length >= filesEach);
  while (!isDone() || (await unsent()) > 0) {
    if (performance.now() - startedAt > patienceMs) break;
    await pause();
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const { edits, ...report } = playground.flood() ?? { edits: {} };
  const counts = Object.values(edits);
  const result = {
    files: files.length,
    // The text and a file: nothing lost, nothing twice.
    whole: files.filter(({ person, note }) => isWhole(person, note)).length,
    // All that the bot has sent and that is still there; an album is one.
    messages: crowd.reduce((sum, person) => sum + countMessages(person), 0),
    seconds: rounded(seconds),
    ...report,
    editsEach: rounded(counts.reduce((sum, count) => sum + count, 0) / files.length),
    maxEdits: percentile(counts, 1),
  };
  console.table(result);
  await writeResult('flood', { settings: sizes, ...result });
  if (result.whole < files.length) process.exitCode = 1;
} finally {
  for (const person of crowd) person.leave();
  await Promise.all([bot.stop(), worker.stop()]);
  await database.close();
  await created.close();
  await playground.close();
  await server.stop();
}

async function sendAll(person: Person): Promise<{ person: Person; note: number }[]> {
  const sent = [];
  for (let file = 0; file < filesEach; file += 1) {
    sent.push({ person, note: await person.sends('tone.ogg', { kind: 'voice', caption: 'local txt' }) });
  }
  return sent;
}

/** Returns whether a note has its text once, and its person a file for each note. */
function isWhole(person: Person, note: number): boolean {
  const answers = person
    .answers(note)
    .filter(({ message_id, document }) => document === undefined && !isOfBurst(person, message_id));
  const texts = answers.filter(({ message_id }) => person.labelOf(message_id, 'more:') !== undefined).length;
  const names = filesOf(person);
  return (
    answers.length === 1 && texts === 1 && names.length === filesEach && new Set(names).size === filesEach
  );
}

/** Returns the number of the bot's messages; an album is one. */
function countMessages(person: Person): number {
  return new Set(person.answers().map(({ message_id, media_group_id }) => media_group_id ?? message_id)).size;
}

/** Returns the names of a person's files, which come in albums of several notes. */
function filesOf(person: Person): string[] {
  return person.answers().flatMap(({ document }) => document?.file_name ?? []);
}

/** Returns whether a message speaks for several files of a person; the first one may have ended before the others came. */
function isOfBurst(person: Person, messageId: number): boolean {
  const text = person.chat.get(messageId)?.text ?? '';
  const counts = Array.from({ length: filesEach }, (_, index) =>
    person.word('burst-files', { files: index + 1 }),
  );
  return counts.some((count) => text.startsWith(count));
}

function unsent(): Promise<number> {
  return database.delivery.count({ where: { sentAt: null } });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 250));
}
