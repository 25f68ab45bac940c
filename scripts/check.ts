/**
 * `npm run check`: runs all static checks at the same time, and prints the output of each one when it has ended.
 * Exits with 1 when one fails.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

const checks = ['types', 'lint', 'imports', 'unused', 'names', 'licences'];

/** Runs one npm script; resolves to true when it succeeds. */
async function passes(check: string): Promise<boolean> {
  // npm names itself to the scripts that it runs; on Windows it is no program of its own.
  const npm = process.env['npm_execpath'];
  if (npm === undefined) throw new Error('Start this with npm run check.');
  const child = spawn(process.execPath, [npm, 'run', '--silent', `check:${check}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  console.log(`${code === 0 ? '✓' : '✗'} ${check}\n${out}${err}`.trimEnd());
  return code === 0;
}

const results = await Promise.all(checks.map(passes));
process.exitCode = results.every(Boolean) ? 0 : 1;
