import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Maximum time for a bench, in ms: its processes are slower on a loaded machine. */
export const maxBenchMs = 240_000;

/**
 * Runs a script of `package.json` to its end, with the command that stands there and without this machine's own
 * configuration. It is stopped when the test ends before it.
 * @returns its exit code, and all that it printed
 */
export async function runScript(
  name: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [node, ...command] = (scripts[name] ?? '').split(' ');
  expect(node, `the script ${name}`).toBe('node');
  const child = spawn(process.execPath, [...command, ...parameters], {
    cwd: root,
    env: { ...process.env, BOT_TOKEN: '', DATABASE_URL: '', REDIS_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill());
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: code as number | null, output: `${out}${err}` };
}

/**
 * Runs a bench in its short form, and expects that it ends well.
 * @param folder for its results and temporary data
 * @returns the figures that it wrote
 */
export async function runBench(
  name: string,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const { code, output } = await runScript(`bench:${name}`, ['--short'], { BENCH_FOLDER: folder, ...env });
  expect(code, output).toBe(0);
  return JSON.parse(await readFile(join(folder, 'results', `${name}-short.json`), 'utf8')) as Record<
    string,
    unknown
  >;
}
