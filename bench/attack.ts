/**
 * `npm run bench:attack [-- --requests N]` sends malformed requests to a bot's web side and samples what its
 * memory consists of. It prints one line after every tenth of them and one after a rest, then how many answers
 * had which status, and writes bench/results/attack.json. `--env NAME=value` sets a variable for the bot, such as MALLOC_ARENA_MAX=2.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPlayground } from 'telegram-playground';
import { webhookSecret } from '../src/bot/webhook-address.ts';
import { nodeOptions } from '../src/standalone/node-options.ts';
import { seeded } from '../tests/chaos/random.ts';
import { Fork } from '../tests/support/fork.ts';
import { LoadBalancer } from '../tests/support/load-balancer.ts';
import { hostileRequest, type Target } from '../tests/web/malformed/hostile-requests.ts';
import { sendRaw } from '../tests/web/malformed/raw-request.ts';
import { startBenchServer } from './support/database.ts';
import { writeResult } from './support/results.ts';
import { readOptions } from './support/sizes.ts';

const { sizes, values } = readOptions(
  { requests: 100_000, 'at-once': 16, 'rest-seconds': 20 },
  { requests: 300, 'rest-seconds': 0 },
  {
    env: { type: 'string', multiple: true, default: [] },
    name: { type: 'string', default: 'attack' },
  },
);
const { requests, 'at-once': parallel, 'rest-seconds': restSeconds } = sizes;
const token = '1000000001:AAbench-only-not-a-real-token-0123';

const server = await startBenchServer(values.name);
const database = await server.database('attacked');
const playground = await startPlayground({ dataDir: server.dataDir, host: '127.0.0.1', port: 0, token });
const balancer = await LoadBalancer.open();
const bot = await Fork.start(new URL('../src/main.ts', import.meta.url), {
  BOT_TOKEN: token,
  TELEGRAM_API_ROOT: playground.apiRoot,
  TELEGRAM_LIMITS: 'off',
  DATABASE_URL: database.url,
  REDIS_URL: '',
  DATA_DIR: server.dataDir,
  WEB_PORT: '0',
  UPDATES: 'webhook',
  PUBLIC_URL: balancer.url,
  NODE_OPTIONS: nodeOptions.bot.join(' '),
  ...Object.fromEntries(
    values.env.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  ),
});
try {
  const port = (JSON.parse(await bot.logs('"web":')) as { web: number }).web;
  const target: Target = {
    port,
    paths: [
      ...Array.from({ length: 8 }, () => '/telegram'),
      ...['/healthz', '/readyz', '/metrics', '/admin', '/admin/enter', '/admin/enter/x', '/admin/static/x'],
    ],
    credentials: [`x-telegram-bot-api-secret-token: ${webhookSecret(token, null)}`],
  };
  const samples = [await sample(port, 0)];
  const random = seeded(7);
  const startedAt = Date.now();
  const statuses = new Map<number | 'no answer', number>();
  for (let sent = 0; sent < requests; ) {
    const lot = Math.min(requests - sent, Math.ceil(requests / 10));
    let left = lot;
    const attacker = async () => {
      while (left > 0) {
        left -= 1;
        const { bytes, hangUp = false } = hostileRequest(random, target);
        const answer = await sendRaw(port, bytes, { hangUp });
        for (const status of answer.statuses.length > 0 ? answer.statuses : (['no answer'] as const))
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: parallel }, attacker));
    sent += lot;
    samples.push(await sample(port, sent));
  }
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  await sleep(restSeconds * 1000);
  samples.push(await sample(port, requests));
  console.table(samples);
  const result = { requests, seconds, statuses: Object.fromEntries(statuses) };
  console.log(JSON.stringify(result));
  await writeResult(values.name, { ...result, samples });
} finally {
  await bot.stop();
  await playground.close();
  await balancer.close();
  await database.close();
  await server.stop();
}

/** Returns the bot's own memory figures in MB; on Linux also those of the system. */
async function sample(port: number, sent: number): Promise<Record<string, number>> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const value = (name: string) =>
    megabytes(Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(metrics)?.[1]));
  const line = {
    sent,
    rss: value('process_resident_memory_bytes'),
    heapUsed: value('nodejs_heap_size_used_bytes'),
    heapTotal: value('nodejs_heap_size_total_bytes'),
    external: value('nodejs_external_memory_bytes'),
    ...Object.fromEntries(
      [
        ...metrics.matchAll(/^nodejs_heap_space_size_(used|total)_bytes\{space="(new|old)"[^}]*\} (\S+)/gm),
      ].map(([, of, space, bytes]) => [`${space} ${of}`, megabytes(Number(bytes))]),
    ),
    ...(await mappings()),
  };
  console.log(JSON.stringify(line));
  return line;
}

/**
 * Returns resident memory by kind of mapping: malloc's main heap, its other arenas, V8's and other anonymous,
 * files.
 */
async function mappings(): Promise<Record<string, number>> {
  if (process.platform !== 'linux') return {};
  const smaps = await readFile(`/proc/${bot.pid}/smaps`, 'utf8');
  const sums = { mainHeap: 0, arenas: 0, anonymous: 0, files: 0 };
  let kind: keyof typeof sums = 'anonymous';
  for (const line of smaps.split('\n')) {
    const mapping = /^([0-9a-f]+)-([0-9a-f]+) \S+ \S+ \S+ \S+\s*(.*)$/.exec(line);
    if (mapping !== null) {
      const [, from = '0', , name = ''] = mapping;
      // glibc maps each arena besides the first at a multiple of 64 MiB (HEAP_MAX_SIZE).
      const isArena = name === '' && BigInt(`0x${from}`) % 0x4000000n === 0n;
      kind =
        name === '[heap]' ? 'mainHeap' : name.startsWith('/') ? 'files' : isArena ? 'arenas' : 'anonymous';
    }
    const resident = /^Rss:\s+(\d+) kB/.exec(line);
    if (resident !== null) sums[kind] += Number(resident[1]) * 1024;
  }
  return Object.fromEntries(Object.entries(sums).map(([name, bytes]) => [name, megabytes(bytes)]));
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 18) / 4;
}
