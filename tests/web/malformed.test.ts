/**
 * Requests that no honest client makes, against the bot's web side (webhook, health, metrics, and the admin
 * page) and the playground. `MALFORMED=100000 npx vitest run tests/web/malformed.test.ts` is the long
 * form.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webhookSecret } from '../../src/bot/webhook-address.ts';
import { seeded } from '../chaos/random.ts';
import { AdminBrowser } from '../support/admin-browser.ts';
import { answerTo, onceAndWhole } from '../support/answers.ts';
import type { Fork } from '../support/fork.ts';
import { type ForkedDabir, startForkedDabir } from '../support/forked-dabir.ts';
import { LoadBalancer } from '../support/load-balancer.ts';
import type { Person } from '../support/person.ts';
import { hostileRequest, type Target } from './malformed/hostile-requests.ts';
import { sendRaw } from './malformed/raw-request.ts';

const requests = Number(process.env['MALFORMED'] ?? 3_000);
const batchSize = 16;

/** Maximum growth of the bot's memory, in bytes: caches, compiled code, uncollected garbage. */
const maxGrowth = 64 * 2 ** 20;

/** A small heap is collected early, so that memory that still grows is held by something. */
const smallHeap = '--max-old-space-size=256 --max-semi-space-size=4';

let dabir: ForkedDabir;
let balancer: LoadBalancer;
let bot: Fork;
let secret: string;
let webPort: number;
let targets: Target[];

beforeAll(async () => {
  balancer = await LoadBalancer.open();
  dabir = await startForkedDabir({ env: { UPDATES: 'webhook', PUBLIC_URL: balancer.url } });
  const admin = await dabir.person('Admin', 'en');
  bot = await dabir.startBot({ NODE_OPTIONS: smallHeap, ADMIN_IDS: String(admin.id) });
  await dabir.startWorker();
  webPort = (JSON.parse(await bot.logs('"web":')) as { web: number }).web;
  balancer.targets.add(webPort);
  const { token, url } = dabir.playground;
  secret = webhookSecret(token, null);
  const playgroundPort = Number(new URL(url).port);
  targets = [
    {
      port: webPort,
      paths: [
        ...Array.from({ length: 8 }, () => '/telegram'),
        ...['/healthz', '/readyz', '/metrics', '/admin', '/admin/enter', '/admin/enter/x', '/admin/static/x'],
      ],
      credentials: [`x-telegram-bot-api-secret-token: ${secret}`],
    },
    await signedInAdmin(admin),
    {
      port: playgroundPort,
      paths: ['/', '/page/app.js', '/playground/people', '/playground/people/1/files', '/playground/files/x'],
      credentials: [],
    },
    {
      port: playgroundPort,
      paths: ['sendMessage', 'sendDocument', 'getFile', 'nothing'].map((method) => `/bot${token}/${method}`),
      credentials: [],
    },
  ];
});

/** The admin page with the session of a signed-in admin. */
async function signedInAdmin(admin: Person): Promise<Target> {
  await admin.says('/admin');
  const { text = '' } = await admin.reads(/\/admin\/enter\//);
  const base = `http://127.0.0.1:${webPort}/admin`;
  const link = /\/admin\/enter\/([\w-]+)/.exec(text)?.[1] ?? '';
  const browser = new AdminBrowser(base);
  await browser.enter(link, await browser.markOf(link));
  const form = await browser.formKey();
  if (form === '') throw new Error('the admin is not signed in');
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const odd = [
    '%00',
    '%ff',
    "'--",
    '1e999',
    '99999999999999999999',
    '-1',
    '%ED%A0%80',
    '%2e%2e',
    '__proto__',
  ];
  return {
    port: webPort,
    paths: odd.flatMap((value) => [
      ...['search', 'state', 'engine', 'kind', 'before'].map((name) => `/admin/now?${name}=${value}`),
      ...['', '/cancel', '/retry', '/delete', '/engine', '/nothing'].map(
        (end) => `/admin/now/${value}${end}`,
      ),
      ...['/delete', '/engine', '/text'].map((end) => `/admin/now/1${end}?x=${value}`),
      ...['search', 'before'].map((name) => `/admin/users?${name}=${value}`),
      ...['', '/block', '/role', '/quota'].map((end) => `/admin/users/${value}${end}`),
      ...['before', 'action'].map((name) => `/admin/audit?${name}=${value}`),
      `/admin/system?span=${value}`,
      `/admin/engines/${value}/test`,
      `/admin/${value}`,
    ]),
    credentials: [`cookie: ${cookie}`, `origin: http://127.0.0.1:${webPort}`],
    forms: odd.flatMap((value) => [
      `form=${form}&engine=${value}`,
      `form=${value}`,
      `form=${form}&form=${value}`,
    ]),
  };
}

afterAll(async () => {
  await dabir.close();
  await balancer.close();
});

/** What no answer may contain: secrets, and the content of files that are not served. */
const leaks = () => [
  dabir.playground.token,
  secret,
  'postgresql://',
  '"name": "dabir"',
  'root:x:',
  'node_modules',
];

async function attack(count: number, seed: number): Promise<Map<number, number>> {
  const random = seeded(seed);
  const statuses = new Map<number, number>();
  let left = count;
  const attacker = async () => {
    while (left > 0) {
      left -= 1;
      const target = targets[left % targets.length] as Target;
      const { bytes, allowed, hangUp = false } = hostileRequest(random, target);
      const answer = await sendRaw(target.port, bytes, { hangUp });
      const said = () => `${bytes.toString('latin1').slice(0, 600)}\n---\n${answer.words.slice(0, 600)}`;
      expect(answer.statuses.length, said()).toBeLessThanOrEqual(1);
      for (const status of answer.statuses) {
        if (!allowed(status)) expect.fail(`${status} to\n${said()}`);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      for (const leak of leaks())
        if (answer.words.includes(leak)) expect.fail(`${leak} in the answer to\n${said()}`);
    }
  };
  await Promise.all(Array.from({ length: batchSize }, attacker));
  return statuses;
}

async function residentBytes(): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${webPort}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
}

test(`${requests} malformed requests cause no crash and no leak, get the right answers, and do not disturb users`, {
  timeout: 30 * 60_000,
}, async () => {
  await attack(Math.min(1_000, requests / 3), 1);
  const before = await residentBytes();
  const startedAt = Date.now();
  const statuses = await attack(requests, 2);
  const after = await residentBytes();
  const grown = Math.round((after - before) / 2 ** 20);
  if (process.env['MALFORMED']) {
    console.log({ requests, seconds: (Date.now() - startedAt) / 1000, grownMegabytes: grown, statuses });
  }
  expect(after - before).toBeLessThan(maxGrowth);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([400, 401, 404]));
  expect(bot.lines.join('\n')).not.toMatch(/uncaught|unhandled|Warning:/i);
  for (const leak of leaks().slice(0, 2)) expect(bot.lines.join('\n')).not.toContain(leak);

  const sara = await dabir.person('سارا', 'fa');
  const { note } = await sara.asksFor('tone.ogg', { kind: 'voice' });
  expect(await answerTo(sara, note)).toEqual(onceAndWhole);
});
