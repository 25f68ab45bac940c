import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Starts an entry point that refuses its configuration, and returns what it has loaded until then. */
async function loadedBy(entry: string): Promise<string[]> {
  const preload = new URL('../support/list-modules.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', preload, path(entry)], {
    env: { ...process.env, WEB_PORT: 'none' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  expect([code, output]).toEqual([1, expect.stringContaining('WEB_PORT')]);
  const line = output.split('\n').find((one) => one.startsWith('{"loaded"'));
  return (JSON.parse(line ?? '') as { loaded: string[] }).loaded;
}

/** What documents, media and fonts are made with: each belongs to a thread or process of its own. */
const documents = ['docx', 'pdfkit', 'fontkit', 'harfbuzzjs', 'linebreak', 'fflate', 'src/documents/fonts'];
const media = ['node-av', 'src/media/child'];
/** Libraries that most processes never need. */
const rare = ['undici', 'pino-pretty', '@prisma/adapter-pg', '@prisma/schema-engine-wasm', 'tar-stream'];
const pages = ['src/admin', 'src/admin/page', 'uplot', 'htmx.org'];

describe('memory that a role need not take:', () => {
  test('the bot starts without documents, media, the admin page, or a client for links and engines', async () => {
    const loaded = await loadedBy('src/main.ts');
    expect(loaded).toContain('grammy');
    const unwanted = [
      ...documents,
      ...media,
      ...rare,
      'src/engines',
      'telegram-playground',
      'src/features/accounts/admin',
    ];
    expect(loaded.filter((name) => unwanted.includes(name))).toEqual([]);
  });

  test('the worker starts without the chat’s handlers, pages, writers of documents, or a client for links and engines', async () => {
    const loaded = await loadedBy('worker/main.ts');
    expect(loaded).toContain('src/engines/local');
    const unwanted = [
      ...documents,
      ...media,
      ...rare,
      ...pages,
      'hono',
      '@hono/node-server',
      '@grammyjs/conversations',
      'src/bot',
    ];
    expect(loaded.filter((name) => unwanted.filter((one) => one !== 'src/admin').includes(name))).toEqual([]);
  });

  test('npm start starts without the parts of the roles that it starts, and with two packages', async () => {
    const loaded = await loadedBy('src/standalone.ts');
    const packages = loaded.filter((name) => !/^(?:src|worker|packages)(?:\/|$)/.test(name));
    expect(packages.sort()).toEqual(['dotenv', 'zod']);
    expect(loaded).toContain('src/embedded');
    const unwanted = [
      ...documents,
      ...media,
      ...rare,
      ...pages,
      'bullmq',
      'ioredis',
      'grammy',
      'prom-client',
      'src/bot',
      'src/engines/local',
    ];
    expect(loaded.filter((name) => unwanted.includes(name))).toEqual([]);
  });
});
