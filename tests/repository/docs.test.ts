import { readdirSync, readFileSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { configSchema } from '../../src/runtime/config-schema.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Folders that are not part of the checkout, and the client that Prisma generates. */
const skipped = /^(node_modules|\.git|\.data|coverage|tests\/support\/prisma)$|\/node_modules$/;
const files = filesIn('');
const folders = new Set(files.flatMap(foldersOf));
/**
 * All paths of the checkout, each also without its leading folders: `app/run/job-lease.ts` for
 * `src/app/run/job-lease.ts`.
 */
const endings = new Set([...files, ...folders].flatMap((path) => [path, ...endingsOf(path)]));

const markdown = files.filter((path) => path.endsWith('.md') && !path.startsWith('tests/fixtures/'));
const read = (path: string) => readFileSync(root + path, 'utf8');

/** Returns the paths of all files of a folder, with `/` on every system. @param folder ends with `/`, or is empty */
function filesIn(folder: string): string[] {
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = folder + entry.name;
    if (skipped.test(path)) return [];
    return entry.isDirectory() ? filesIn(`${path}/`) : [path];
  });
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function endingsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(index).join('/'));
}

/** Endings of files that belong to the project; `.env` or `/etc/fstab` belong to an operator. */
const sourceFile = /^[\w@.-]+(\/[\w@.*…<>-]+)*\.(ts|cjs|sql|py|ftl|prisma|md|sh)$/;
const topFolder = /^(src|worker|tests|docs|prisma|bench|scripts|packages|deploy|samples|\.github|\.ci)\//;
/** A path with a place to fill in, as in `src/engines/<id>.ts`. */
const placeholder = /[<>*…{}]|NAME|FILE|NNNN|hello|\d{14}_/;

/** Returns what is wrong with a name that may be a path: null when it is none, or exists. */
function missingPath(name: string): string | null {
  const path = name.replace(/^(\.\.?\/)+/, '').replace(/[/:]\d*$/, '');
  if (placeholder.test(path)) return null;
  if (!sourceFile.test(path) && !topFolder.test(path)) return null;
  return endings.has(path) ? null : name;
}

/** Returns a Markdown text without its fenced code blocks. */
const withoutBlocks = (text: string) => text.replaceAll(/^ *(```+|~~~+)[^\n]*\n[\s\S]*?^ *\1 *$/gm, '');

/** Returns the anchors that GitHub gives the headings of a Markdown text. */
function anchorsOf(text: string): Set<string> {
  const headings = [...withoutBlocks(text).matchAll(/^#+ +(.+?) *$/gm)].map(([, heading = '']) => heading);
  const anchors = headings.map((heading) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(anchors);
}

test.each(markdown)('the paths that %s names in backticks exist', (path) => {
  const names = [...withoutBlocks(read(path)).matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
  expect(names.map(missingPath).filter((name) => name !== null)).toEqual([]);
});

test.each(markdown)('the relative links of %s lead to files and headings that exist', (path) => {
  const links = [...withoutBlocks(read(path)).matchAll(/\]\(([^)\s]+)\)|href="([^"]+)"/g)].map(
    ([, link, href]) => link ?? href ?? '',
  );
  const broken = links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [target = '', anchor] = link.split('#');
    const file =
      target === '' ? path : posix.normalize(`${posix.dirname(path)}/${target}`).replace(/\/$/, '');
    if (!files.includes(file)) return !folders.has(file) || anchor !== undefined;
    return anchor !== undefined && !anchorsOf(read(file)).has(decodeURIComponent(anchor));
  });
  expect(broken).toEqual([]);
});

test('the routines that the docs name in backticks exist', () => {
  const routines = new Set(
    files.filter((path) => path.startsWith('prisma/routines/')).map((path) => basename(path, '.sql')),
  );
  expect(routines.size).toBeGreaterThan(50);
  const families = new Set([...routines].map((name) => name.split('_')[0]));
  // `is_personal` is Telegram's.
  families.delete('is');
  const unknown = markdown
    .filter((path) => !path.startsWith('docs/decisions/'))
    .flatMap((path) =>
      [...read(path).matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)]
        .map(([, name = '']) => name)
        .filter((name) => families.has(name.split('_')[0]) && !routines.has(name) && !isInSchema(name))
        .map((name) => `${path}: ${name}`),
    );
  expect(unknown).toEqual([]);
});

/** Tables, columns, enums and codes share their first words with routines. */
function isInSchema(name: string): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  return word.test(schema) || word.test(errors) || word.test(metrics);
}
const schema = read('prisma/schema.prisma') + read('prisma/migrations/20261130000000_baseline/migration.sql');
const errors = read('src/domain/errors.ts');
const metrics = read('src/metrics/metrics.ts') + read('src/metrics/reading-gauges.ts');

test('the tables that the docs name exist', () => {
  const tables = new Set([...schema.matchAll(/@@map\("(\w+)"\)/g)].map(([, name]) => name));
  expect(tables.size).toBeGreaterThan(20);
  const unknown = markdown
    .filter((path) => !path.startsWith('docs/decisions/'))
    .flatMap((path) =>
      [...read(path).matchAll(/\btables? `(\w+)`/g)]
        .filter(([, name]) => !tables.has(name))
        .map(([named]) => `${path}: ${named}`),
    );
  expect(unknown).toEqual([]);
});

describe('comments', () => {
  const commented = files.filter(
    (path) =>
      /^(src|worker|prisma|scripts|bench|tests|packages)\//.test(path) && /\.(ts|sql|prisma)$/.test(path),
  );

  test('comments name only files that exist', () => {
    const missing = commented
      .filter((path) => !path.includes('/migrations/'))
      .flatMap((path) => {
        const comments = [...read(path).matchAll(/^\s*(?:\/\/|\/?\*|--).*$|\s\/\/ .*$/gm)].map(String);
        const names = comments
          .join('\n')
          .match(/(?<![\w/.:@$-])[\w.-]+(?:\/[\w.-]+)+\.(?:ts|sql|py|md|ftl|prisma)\b/g);
        return (names ?? [])
          .filter((name) => missingPath(name) !== null && !name.includes('example'))
          .map((name) => `${path}: ${name}`);
      });
    expect(missing).toEqual([]);
  });
});

test('the head of each SQL function names the functions and files that call it, and no others', () => {
  const routines = new Map(
    files
      .filter((path) => path.startsWith('prisma/routines/'))
      .map((path) => [basename(path, '.sql'), read(path)]),
  );
  const code = new Map(
    files.filter((path) => /^(src|worker)\/.*\.ts$/.test(path)).map((path) => [path, read(path)]),
  );
  const wrong: string[] = [];
  for (const [name, text] of routines) {
    const [, list = ''] = /^-- Called by: (.*(?:\n-- {3}.*)*)/m.exec(text) ?? [];
    // `milliseconds` is called nearly everywhere; triggers are called by PostgreSQL.
    if (list.startsWith('most of') || /RETURNS trigger/.test(text)) continue;
    const named = list.replaceAll('\n--', ' ').split(/,\s+/);
    const call = new RegExp(`\\b${name}\\(`);
    const callers = [...routines]
      .filter(([other, body]) => other !== name && call.test(body.replaceAll(/--.*$/gm, '')))
      .map(([other]) => other);
    const users = [...code].filter(([, body]) => call.test(body)).map(([path]) => path);
    for (const caller of callers) if (!named.includes(caller)) wrong.push(`${name}: called by ${caller}`);
    for (const path of users)
      if (!named.some((one) => path === one || path.startsWith(`${one}/`)))
        wrong.push(`${name}: called by ${path}`);
    for (const one of named.filter((caller) => /^[\w/.-]+$/.test(caller))) {
      const calls = callers.includes(one) || users.some((path) => path === one || path.startsWith(`${one}/`));
      if (!calls) wrong.push(`${name}: not called by ${one}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('the walk of a voice note in the README names at most 25 files, and each exists', () => {
  const [, section = ''] = read('README.md').split('## The code, along one voice note');
  const walk = [...section.matchAll(/^ {4}(\S+\.ts)/gm)].map(([, path = '']) => path);
  expect(walk.length).toBeGreaterThan(20);
  expect(walk.length).toBeLessThanOrEqual(25);
  expect(walk.filter((path) => !files.includes(path))).toEqual([]);
});

test('the README’s map names every folder of src and of the checkout', () => {
  const [, map = ''] = read('README.md').split('\n| Folder | Holds |');
  const inMap = [...map.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  const shown = [...folders].filter((folder) => /^(src\/)?[^./]+$/.test(folder) && folder !== 'src');
  expect(
    shown.filter(
      (folder) =>
        !inMap.some(
          (name) => name?.split('/').slice(0, 2).join('/') === folder || name?.startsWith(`${folder}/`),
        ),
    ),
  ).toEqual([]);
});

test('docs/configuration.md has each variable once, and no other', () => {
  const rows = read('docs/configuration.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
  expect(named.toSorted()).toEqual(Object.keys(configSchema.shape).toSorted());
});
