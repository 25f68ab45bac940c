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

test('a refused word fails the check in a property, a parameter, a variable and a private field', async () => {
  const { code, said } = await check(
    'worker/work.ts',
    'type Chunk = { heard: string };\nexport function run(part: Chunk) { const { heard: receipt } = part; return receipt; }\n' +
      'export class Work { #doneParts = 0; }\n',
  );
  expect(code).toBe(1);
  for (const name of ['heard', 'part', 'receipt', '#doneParts'])
    expect(said).toContain(`worker/work.ts: ${name} says`);
});

test('a name that is only used, as one of another program, passes the check', async () => {
  const source =
    "import { part } from 'busboy';\nexport const read = () => [part.heard, { 'most edits': 1 }];\n";
  expect(await check('src/app/read.ts', source)).toMatchObject({ code: 0 });
});

test.each([
  ['its name', 'CREATE FUNCTION chunk_heard(p_id bigint) RETURNS int'],
  ['a parameter', 'CREATE FUNCTION chunk_take(p_most int) RETURNS int'],
  ['a column in quotes', 'SELECT "longestWaitSeconds" FROM activity'],
  ['a key of its JSON', "SELECT p->>'mostLearnt'"],
])('a routine that has a refused word in %s fails the check', async (_, source) => {
  expect(await check('prisma/routines/take.sql', source)).toMatchObject({ code: 1 });
});

test("a routine's comments and keywords are not names", async () => {
  const source = '-- What most of them heard.\nSELECT 1 FROM chunk JOIN lane USING (id);\n';
  expect(await check('prisma/routines/take.sql', source)).toMatchObject({ code: 0 });
});

test('a column of the schema with a refused word fails the check', async () => {
  const { code, said } = await check('prisma/schema.prisma', 'model Chunk {\n  heard Json? // text\n}\n');
  expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('heard says "heard"') });
});

test('an allowed name passes in its files and fails elsewhere', async () => {
  const source = 'export type Delivery = { readonly part: number };\n';
  expect(await check('src/domain/delivery.ts', source)).toMatchObject({ code: 0 });
  expect(await check('src/media/delivery.ts', source)).toMatchObject({ code: 1 });
});

test('a file name that the glossary refuses fails the check', async () => {
  expect(await check('src/app/longest-wait.ts', 'export const fine = 1;\n')).toMatchObject({ code: 1 });
});

test('a name that is exported twice fails the check', async () => {
  const { code, said } = await check('src/a.ts', 'export const one = 1;\nexport type one = number;\n');
  expect(code).toBe(1);
  expect(said).toContain('one is exported by src/a.ts and src/a.ts');
});

test.each([
  'export async function position() {}',
  'export function position(): Promise<number> { return Promise.resolve(1); }',
  'export function statsRoutes(): Hono { return new Hono(); }',
])('a function that does something and begins with no verb fails the check: %s', async (source) => {
  const { code, said } = await check('src/app/work.ts', source);
  expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('begins with no verb') });
});

test('a function that only returns a value may be named after it', async () => {
  const source = 'export function position(): number { return 1; }\nexport async function isNext() {}\n';
  expect(await check('src/app/work.ts', source)).toMatchObject({ code: 0 });
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
