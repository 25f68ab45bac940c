import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/check-names.ts', import.meta.url));
const glossary = new URL('../../docs/glossary.md', import.meta.url);

/** Runs the check in a project of one source file; resolves to its exit code and output. */
async function check(path: string, source: string): Promise<{ code: number; said: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'dabir-names-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'docs'));
  await cp(glossary, join(folder, 'docs/glossary.md'));
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), source);
  return new Promise((resolve) => {
    execFile(process.execPath, [script], { cwd: folder }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: out + err }),
    );
  });
}

test('a name that the glossary refuses fails the check, with the word to use', async () => {
  const { code, said } = await check(
    'src/app/work.ts',
    'export function hearPart() {}\nexport const fine = 1;\n',
  );
  expect(code).toBe(1);
  expect(said).toContain('src/app/work.ts: hearPart says "hear"; the glossary says transcribe');
  expect(said).toContain('says "part"; the glossary says chunk');
});

test('a file name that the glossary refuses fails the check', async () => {
  expect(await check('src/app/longest-wait.ts', 'export const fine = 1;\n')).toMatchObject({ code: 1 });
});

test('a name that is exported twice fails the check', async () => {
  const { code, said } = await check('src/a.ts', 'export const one = 1;\nexport type one = number;\n');
  expect(code).toBe(1);
  expect(said).toContain('one is exported by src/a.ts and src/a.ts');
});

test('other names pass, and a limit of time may say at most', async () => {
  expect(await check('src/lib/wait-at-most.ts', 'export function waitAtMost() {}\n')).toMatchObject({
    code: 0,
  });
});

test('every refused word has a word to use', async () => {
  const [, section = ''] = (await readFile(glossary, 'utf8')).split('\n## Words that the check refuses\n');
  const rows = section.split('\n').filter((line) => /^\| [a-z]/.test(line));
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) expect(row).toMatch(/^\| [a-z, ]+ \| \S.* \|$/);
});
