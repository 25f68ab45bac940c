import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/runtime/config.ts';
import { nodeOptions } from '../../src/standalone/node-options.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const units = join(checkout, 'deploy/systemd');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-deployment-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Docker's client with compose, as a plug-in or by itself; undefined where there is neither. */
const compose = [['docker', 'compose'], ['docker-compose']].find(
  ([program = '', ...first]) => spawnSync(program, [...first, 'version']).status === 0,
);

test.skipIf(compose === undefined)(
  'compose.yml is accepted by Docker’s client (needs docker compose)',
  () => {
    const [program = '', ...first] = compose ?? [];
    const profiles = ['--profile', 'webhook', '--profile', 'bot-api', '--profile', 'local'];
    const { status, stdout, stderr } = spawnSync(
      program,
      [...first, '-f', join(checkout, 'compose.yml'), ...profiles, 'config', '--services'],
      { encoding: 'utf8' },
    );
    expect(status, stderr).toBe(0);
    const services = stdout.trim().split('\n').toSorted();
    expect(services).toEqual(['bot', 'bot-api', 'postgres', 'proxy', 'redis', 'worker', 'worker-local']);
  },
);

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(!hasSystemd)('the systemd units are accepted by systemd (needs systemd-analyze)', async () => {
  await mkdir(join(folder, 'units'));
  const files = [];
  for (const name of await readdir(units)) {
    // The program is not at its final path here, and a template needs an instance.
    const unit = (await readFile(join(units, name), 'utf8')).replace(/^(ExecStart=)\S+/m, '$1/bin/true');
    const file = join(folder, 'units', name.replace('@.', '@1.'));
    await writeFile(file, unit);
    files.push(file);
  }
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...files], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

test('every variable that the deployment files set is known to the program', async () => {
  const known = new Set(Object.keys(loadConfig({})));
  const foreign = /^(NODE_ENV|MALLOC_ARENA_MAX|POSTGRES_\w+|TELEGRAM_(LOCAL|API_ID|API_HASH)|PUBLIC_HOST)$/;
  const texts = [
    await readFile(join(checkout, 'compose.yml'), 'utf8'),
    await readFile(join(checkout, 'Dockerfile'), 'utf8'),
    ...(await Promise.all((await readdir(units)).map((name) => readFile(join(units, name), 'utf8')))),
  ];
  const named = texts.flatMap((text) => [
    ...text.matchAll(/^ {6}([A-Z][A-Z_]+):/gm),
    ...text.matchAll(/^ {2}([A-Z][A-Z_]+):/gm),
    ...[...text.matchAll(/^(?:ENV |Environment=).*$/gm)].flatMap(([line]) => [
      ...line.matchAll(/\b([A-Z][A-Z_]+)=/g),
    ]),
  ]);
  const names = new Set(named.map(([, name = '']) => name.replace(/_FILE$/, '')));
  expect(names.size).toBeGreaterThan(15);
  expect([...names].filter((name) => !known.has(name) && !foreign.test(name))).toEqual([]);
});

test('Docker, systemd and `npm start` start each role with the memory limits of its script', async () => {
  const { scripts } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const command = scripts['start:bot'] ?? '';
  const workerCommand = scripts['start:worker'] ?? '';
  for (const script of [command, workerCommand]) expect(script).toContain('--max-old-space-size=');
  const cached = 'node --import ./src/runtime/compile-cache.ts';
  expect([
    `${cached} ${nodeOptions.bot.join(' ')} src/main.ts`,
    `${cached} ${nodeOptions.worker.join(' ')} worker/main.ts`,
  ]).toEqual([command, workerCommand]);
  const image = /^CMD (\[.*src\/main\.ts.*\])$/m.exec(
    await readFile(join(checkout, 'Dockerfile'), 'utf8'),
  )?.[1];
  expect((JSON.parse(image ?? '[]') as string[]).join(' ')).toBe(command);
  const unit = await readFile(join(units, 'dabir-bot.service'), 'utf8');
  expect(/^ExecStart=\S*\/\.bin\/(.*)$/m.exec(unit)?.[1]).toBe(command);
  const workerUnit = await readFile(join(units, 'dabir-worker@.service'), 'utf8');
  expect(/^ExecStart=\S*\/\.bin\/(.*)$/m.exec(workerUnit)?.[1]).toBe(workerCommand);
  const compose = /command: \[(node, .*worker\/main\.ts)\]/.exec(
    await readFile(join(checkout, 'compose.yml'), 'utf8'),
  )?.[1];
  expect(compose?.replaceAll(', ', ' ')).toBe(workerCommand);
});
