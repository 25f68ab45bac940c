/**
 * `npm run bench:normalisers [-- --only-ours]` compares the normaliser with hazm, shekar and parsivar (PyPI) and virastar
 * (npm) on tests/domain/persian/cases.tsv: how many of the texts with mistakes each corrects as an editor would, and how many of
 * the right ones it changes. The libraries are installed in DATA_DIR/normalisers, which needs Python, npm and a network; one
 * that cannot be installed is named with its reason. Digits and spaces of punctuation count as they are written; half-spaces
 * after letters that join to nothing do not.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { normalisePersian } from '../src/domain/persian/normalise.ts';
import { readCases, score } from '../tests/domain/persian/support/cases.ts';

const folder = join(process.env['DATA_DIR'] ?? '.data', 'normalisers');
const cases = readCases();
const texts = cases.map(({ text }) => text);
const isWindows = process.platform === 'win32';

type Row = Record<string, string | number>;
const rows: Row[] = [];
const missing: string[] = [];

addRows(
  'Dabir',
  texts.map((text) => normalisePersian(text)),
);
if (!process.argv.includes('--only-ours')) {
  mkdirSync(folder, { recursive: true });
  for (const name of ['hazm==0.10.0', 'shekar==1.7.0', 'parsivar==0.2.3.1'])
    tryRows(name, () => withPython(name));
  await tryVirastar();
}
console.table(rows);
for (const line of missing) console.log(line);

/** Adds a row for all cases and one for those held out. */
function addRows(name: string, written: readonly string[]): void {
  const byText = new Map(texts.map((text, at) => [text, written[at] ?? '']));
  const write = (text: string) => byText.get(text) ?? text;
  const all = score(cases, write);
  const heldOut = score(
    cases.filter(({ isHeldOut }) => isHeldOut),
    write,
  );
  const share = (count: number, whole: number) =>
    `${count} of ${whole} (${((100 * count) / whole).toFixed(1)} %)`;
  rows.push({
    library: name,
    corrected: share(all.reached, all.toChange),
    harmed: share(all.harmed, all.toLeave),
    'right in all': share(all.reached + all.toLeave - all.harmed, cases.length),
    'held out: corrected': share(heldOut.reached, heldOut.toChange),
    'held out: harmed': share(heldOut.harmed, heldOut.toLeave),
  });
}

function tryRows(name: string, run: () => readonly string[]): void {
  try {
    addRows(name, run());
  } catch (error) {
    missing.push(`${name} is not in the table: ${(error as Error).message.trim().split('\n').at(-1)}`);
  }
}

function withPython(requirement: string): string[] {
  const name = requirement.split('==')[0] as string;
  const environment = join(folder, name);
  const python = join(environment, isWindows ? 'Scripts/python.exe' : 'bin/python');
  // Each has an environment of its own, since they ask for different versions of numpy.
  run(isWindows ? 'python' : 'python3', ['-m', 'venv', environment]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement]);
  const script = join(import.meta.dirname, 'support', 'normalise_with.py');
  return JSON.parse(run(python, [script, name], JSON.stringify(texts))) as string[];
}

async function tryVirastar(): Promise<void> {
  try {
    run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, 'virastar@0.22.1']);
    const Virastar = createRequire(join(resolve(folder), 'package.json'))('virastar') as new () => {
      cleanup(text: string): string;
    };
    const virastar = new Virastar();
    tryRows('virastar@0.22.1', () => texts.map((text) => virastar.cleanup(text)));
  } catch (error) {
    missing.push(`virastar is not in the table: ${(error as Error).message.trim().split('\n').at(-1)}`);
  }
}

/** @throws {Error} with what the program wrote to standard error when it fails. */
function run(command: string, parameters: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(command, parameters, {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    shell: isWindows && command === 'npm',
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
