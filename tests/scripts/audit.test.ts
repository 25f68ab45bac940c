/** `npm run audit` with the real npm, against a registry on loopback. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/audit.ts', import.meta.url));
const id = 'GHSA-aaaa-bbbb-cccc';
const reason = 'Only its command line is affected, which we never call.';
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The registry's answer to npm's request (`/-/npm/v1/security/advisories/bulk`). */
let answer: { status: number; body: object };
let registry: Server;
let folder: string;

beforeAll(async () => {
  registry = createServer((request, response) => {
    const isAudit = request.url === '/-/npm/v1/security/advisories/bulk';
    request.resume().once('end', () => {
      response.writeHead(isAudit ? answer.status : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isAudit ? answer.body : {}));
    });
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  folder = await mkdtemp(join(tmpdir(), 'dabir-audit-'));
  const dependencies = { 'left-thing': '1.0.0' };
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'x', version: '1.0.0', dependencies }),
  );
  const packages = {
    '': { name: 'x', version: '1.0.0', dependencies },
    'node_modules/left-thing': { version: '1.0.0', dependencies: { 'deep-thing': '1.0.0' } },
    'node_modules/deep-thing': { version: '1.0.0' },
  };
  await writeFile(
    join(folder, 'package-lock.json'),
    JSON.stringify({ name: 'x', lockfileVersion: 3, packages }),
  );
});
afterAll(async () => {
  registry.closeAllConnections();
  registry.close();
  await rm(folder, { recursive: true, force: true });
});

/** Adds an advisory about a dependency of the dependency. */
function found(severity: string): void {
  const advisory = {
    id: 1_100_001,
    url: `https://github.com/advisories/${id}`,
    title: 'It falls over',
    severity,
  };
  answer = { status: 200, body: { 'deep-thing': [{ ...advisory, vulnerable_versions: '<1.0.1' }] } };
}

async function audit(allowed: object, cwd = folder): Promise<{ code: number; words: string }> {
  const list = join(folder, 'allowed.json');
  await writeFile(list, JSON.stringify(allowed));
  const { npm_execpath: _, ...env } = process.env;
  const child = spawn(process.execPath, [script, '--allowed', list], {
    cwd,
    env: {
      ...env,
      npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`,
      npm_config_fetch_retries: '0',
      // npm caches advisories.
      npm_config_cache: await mkdtemp(join(folder, 'cache-')),
    },
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, words: out + err };
}

test('a serious advisory without an exception fails the audit, and is named', async () => {
  found('high');
  const { code, words } = await audit([]);
  expect([code, words]).toEqual([
    1,
    expect.stringContaining(`high: deep-thing: It falls over (https://github.com`),
  ]);
});

test('an advisory with an exception passes until its date, and fails after it', async () => {
  found('critical');
  expect(await audit([{ advisory: id, reason, until: inDays(1) }])).toEqual({
    code: 0,
    words: expect.stringContaining(reason),
  });
  expect(await audit([{ advisory: id, reason, until: inDays(-1) }])).toEqual({
    code: 1,
    words: expect.stringContaining(`allowed until ${inDays(-1)}`),
  });
});

test('a moderate advisory is reported and passes; an exception that is no longer needed is named', async () => {
  found('moderate');
  const { code, words } = await audit([{ advisory: 'GHSA-dddd-eeee-ffff', reason, until: inDays(1) }]);
  expect(code).toBe(0);
  expect(words).toContain('moderate: deep-thing');
  expect(words).toContain('GHSA-dddd-eeee-ffff is allowed, and no longer found');
});

test('an unreachable registry is a warning, and the list of exceptions is still checked', async () => {
  for (const status of [405, 500]) {
    answer = { status, body: {} };
    expect(await audit([])).toEqual({ code: 0, words: expect.stringContaining('cannot be asked') });
  }
  const tooLong = await audit([{ advisory: id, reason, until: inDays(400) }]);
  expect(tooLong).toEqual({ code: 1, words: expect.stringContaining('for more than 90 days') });
  const unexplained = await audit([{ advisory: id, reason: 'no', until: 'someday' }]);
  expect(unexplained.code).toBe(1);
  expect(unexplained.words).toContain('reason: must say');
  expect(unexplained.words).toContain('until: must be a date');
});

test('a project without a lock file is an error, not a warning', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'dabir-audit-'));
  await writeFile(join(empty, 'package.json'), '{"name":"x","version":"1.0.0"}');
  const { code, words } = await audit([], empty);
  await rm(empty, { recursive: true });
  expect([code, words]).toEqual([1, expect.stringContaining('ENOLOCK')]);
});
