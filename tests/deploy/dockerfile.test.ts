/**
 * Runs the Dockerfile's steps in an empty folder, since few test machines can build images. Steps that
 * install packages are left out, and this checkout's packages stand in; `DOCKERFILE=whole npx vitest run
 * tests/deploy/dockerfile.test.ts` runs `npm ci` as the image build does (a minute, and downloads from
 * the registry).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildInFolders, stagesOf } from './dockerfile.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const whole = process.env['DOCKERFILE'] === 'whole';
const stages = stagesOf(readFileSync(join(checkout, 'Dockerfile'), 'utf8'));

/** The top-level names that .dockerignore lets through. */
const letThrough = [...readFileSync(join(checkout, '.dockerignore'), 'utf8').matchAll(/^!(\S+)$/gm)].map(
  ([, path]) => path,
);
const isIgnored = (path: string) =>
  path !== '' && (!letThrough.includes(path.split(/[\\/]/)[0]) || /__pycache__/.test(path));

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dabir-image-'));
  await buildInFolders(stages, checkout, isIgnored, root, async (command, folder) => {
    if (command.startsWith('sh /build-ffmpeg.sh')) {
      for (const made of ['bin', 'source'])
        await mkdir(join(root, 'ffmpeg/opt/ffmpeg', made), { recursive: true });
    }
    if (!command.startsWith('npm ci')) return;
    if (whole) return run(command, folder);
    await symlink(join(checkout, 'node_modules'), join(folder, 'node_modules'), 'junction');
  });
}, 15 * 60_000);
afterAll(() => rm(root, { recursive: true, force: true }));

async function run(command: string, folder: string): Promise<void> {
  const child = spawn(command, { cwd: folder, shell: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const [words, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`${command}\n${words}`);
}

/** Starts a role in a stage's folder as its CMD does, without a configuration; returns its output. */
async function started(stage: string, parameters: readonly string[]): Promise<string> {
  const folder = join(root, stage, 'app');
  const env = { PATH: process.env['PATH'], DATA_DIR: join(root, 'data') };
  const child = spawn(process.execPath, parameters, { cwd: folder, env });
  return text(child.stderr);
}

describe('an image has all that its program needs, and starts:', () => {
  test.each(
    stages
      .slice(1)
      .flatMap(({ name, steps }) =>
        steps.filter(({ word }) => word === 'CMD').map(({ rest }) => [name, rest] as const),
      ),
  )('an image has all that its program needs, and starts: %s: %s', async (stage, command) => {
    const words = await started(stage, (JSON.parse(command) as string[]).slice(1));
    expect(words).toContain('BOT_TOKEN is missing');
    expect(words).not.toContain('Cannot find');
  });
});

test('an image holds no tests, no secrets, no history', () => {
  for (const path of ['tests', '.env', '.git', 'secrets', '.data', 'bench']) {
    expect(existsSync(join(root, 'remote/app', path)), path).toBe(false);
  }
});

test('no image holds node-av, whose FFmpeg may not be redistributed', () => {
  const install = stages
    .find(({ name }) => name === 'packages')
    ?.steps.find(({ rest }) => rest.startsWith('npm ci'));
  expect(install?.rest).toContain('npm uninstall --omit=dev --no-save --ignore-scripts node-av');
  const remote = stages.find(({ name }) => name === 'remote');
  expect(remote?.steps.find(({ word }) => word === 'ENV')?.rest).toContain('FFMPEG=program');
  // Only with DOCKERFILE=whole the packages are those of an image.
  if (!whole) return;
  for (const name of ['node-av', '@seydx', 'werift', 'mediabunny']) {
    expect(existsSync(join(root, 'remote/app/node_modules', name)), name).toBe(false);
  }
});

test('both images run as a user without privileges', () => {
  const images = stages.filter(({ steps }) => steps.some(({ word }) => word === 'CMD'));
  expect(images.map(({ name }) => name)).toEqual(['remote', 'local']);
  for (const { steps } of images) {
    expect(steps.findLast(({ word }) => word === 'USER')?.rest).toBe('node');
  }
});
