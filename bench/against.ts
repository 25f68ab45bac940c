/**
 * `npm run bench:against -- COMMIT BENCH [--rounds N] [--patch FILE] [-- options of the bench]` runs a bench of this
 * checkout and of another commit in turn, and prints each figure of both (the median of the rounds) and their ratio. So
 * both sides see the same machine in the same minutes. For example:
 *
 *     npm run bench:against -- 9dd4a88 flow -- --form queue --tokens Redis
 *
 * The commit is checked out and installed in .data/against, once. A patch mends a bench that did not run at that commit.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareFigures, medians, numbersOf } from './support/compare.ts';

const here = fileURLToPath(new URL('..', import.meta.url));
const separator = process.argv.indexOf('--', 2);
const own = separator < 0 ? process.argv.slice(2) : process.argv.slice(2, separator);
const passedOn = separator < 0 ? [] : process.argv.slice(separator + 1);
const { values, positionals } = parseArgs({
  args: own,
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, patch: { type: 'string' } },
});
const [commit, bench] = positionals;
if (commit === undefined || bench === undefined) {
  console.error(
    'Usage: npm run bench:against -- COMMIT BENCH [--rounds N] [--patch FILE] [-- options of the bench]',
  );
  process.exit(2);
}

const there = await checkOut(commit, values.patch);
const rounds: { before: Record<string, number>; after: Record<string, number> }[] = [];
for (let round = 1; round <= Number(values.rounds); round += 1) {
  console.log(`\nRound ${round}: ${commit}`);
  const before = await measure(there);
  console.log(`\nRound ${round}: this checkout`);
  rounds.push({ before, after: await measure(here) });
}
console.log(`\n${bench}, medians of ${rounds.length} rounds: ${commit} against this checkout`);
console.table(
  compareFigures(medians(rounds.map(({ before }) => before)), medians(rounds.map(({ after }) => after))),
);

/** Runs the bench in a checkout, and returns its figures by path. */
async function measure(folder: string): Promise<Record<string, number>> {
  run(folder, 'npm', ['run', '--silent', `bench:${bench}`, '--', ...passedOn]);
  const name = passedOn.includes('--short') ? `${bench}-short` : bench;
  return numbersOf(JSON.parse(await readFile(join(folder, 'bench', 'results', `${name}.json`), 'utf8')));
}

/** Checks out and installs a commit, unless that was done before. Returns the folder. */
async function checkOut(revision: string, patch: string | undefined): Promise<string> {
  const { stdout } = spawnSync('git', ['rev-parse', '--verify', `${revision}^{commit}`], {
    cwd: here,
    encoding: 'utf8',
  });
  const hash = stdout.trim();
  if (hash === '') throw new Error(`this repository has no commit ${revision}`);
  const folder = join(here, '.data', 'against', hash);
  if (existsSync(join(folder, 'node_modules', '.package-lock.json'))) return folder;
  if (!existsSync(folder)) {
    await mkdir(join(here, '.data', 'against'), { recursive: true });
    run(here, 'git', ['clone', '--quiet', '--no-checkout', here, folder]);
    run(folder, 'git', ['checkout', '--quiet', hash]);
    if (patch !== undefined) run(folder, 'git', ['apply', resolve(patch)]);
  }
  run(folder, 'npm', ['ci', '--no-audit', '--no-fund']);
  return folder;
}

/** Runs a program to its end with its output on this terminal. Throws when it fails. */
function run(cwd: string, command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed in ${cwd}`, { cause: error });
}
