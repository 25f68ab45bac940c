import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFailed, onTestFinished } from 'vitest';

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
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  onTestFailed(() => console.error(`npm run ${name} -- ${parameters.join(' ')}\n${output}`));
  onTestFinished(() => void child.kill());
  const [code] = await once(child, 'close');
  return { code: code as number | null, output };
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
