/**
 * `npm run check:names` holds names against the table of refused words in docs/glossary.md: file names, exported names,
 * properties, parameters and variables of the TypeScript code, and the routines, parameters, variables and columns of
 * the SQL. It fails too when a name is exported twice, and when a function that does something begins with no verb.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';
import { allowedNames } from './names/allowed.ts';
import { columnNames, sqlNames } from './names/sql-names.ts';
import { declaredNames, exportedActions, exportedNames } from './names/typescript-names.ts';
import { verbs } from './names/verbs.ts';

const glossary = readFileSync('docs/glossary.md', 'utf8');
const [, section = ''] = glossary.split('\n## Words that the check refuses\n');
const refused = new Map(
  [...section.matchAll(/^\| ([a-z, ]+) \| (.+?) \|/gm)].flatMap(([, words = '', use = '']) =>
    words.split(', ').map((word) => [word, use] as const),
  ),
);

const files = globSync('{src,worker,bench,packages}/**/*.ts', {
  exclude: (path) => /support.prisma|node_modules|packages.[^/\\]+.tests/.test(path),
})
  .map((path) => path.replaceAll('\\', '/'))
  .toSorted();
const routines = globSync('prisma/routines/*.sql')
  .map((path) => path.replaceAll('\\', '/'))
  .toSorted();
/** Predicates, loops, conversions, and what is done with something. */
const isOtherAction = /^(is|has|can|for|with|as)[A-Z]|(Of|As)([A-Z]|$)/;
const problems = new Set<string>();
const homes = new Map<string, string[]>();
let checked = 0;

/** Records a problem for each refused word of a name. */
function check(name: string, place: string): void {
  checked += 1;
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  for (const [index, word] of words.entries()) {
    const use = refused.get(word);
    // `atMost` is the usual word for a limit of time.
    if (use === undefined || (word === 'most' && words[index - 1] === 'at')) continue;
    const isAllowed = allowedNames.some(
      ({ names, place: where }) =>
        (typeof names === 'string' ? names === word : names.includes(name)) && where.test(place),
    );
    if (!isAllowed) problems.add(`${place}: ${name} says "${word}"; the glossary says ${use}`);
  }
}

for (const file of files) {
  check(basename(file, '.ts'), file);
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  for (const name of declaredNames(source)) check(name, file);
  // Programs of bench/ and packages of their own may export the same name.
  if (!/^(src|worker)\//.test(file)) continue;
  for (const name of exportedNames(source)) homes.set(name, [...(homes.get(name) ?? []), file]);
  for (const name of exportedActions(source)) {
    const [first = ''] = name.split(/(?=[A-Z])/);
    if (verbs.has(first) || isOtherAction.test(name)) continue;
    problems.add(`${file}: ${name} begins with no verb; a new one goes into scripts/names/verbs.ts`);
  }
}
for (const file of routines) for (const name of sqlNames(readFileSync(file, 'utf8'))) check(name, file);
for (const file of globSync('prisma/schema.prisma'))
  for (const name of columnNames(readFileSync(file, 'utf8'))) check(name, file);

for (const [name, places] of homes) {
  if (places.length > 1) problems.add(`${name} is exported by ${places.join(' and ')}`);
}
// An empty table would refuse nothing.
if (refused.size === 0 || checked === 0) problems.add('the check found no words, or no files');
for (const problem of problems) console.error(problem);
if (problems.size > 0) process.exit(1);
console.log(`${files.length + routines.length} files, ${checked} names, ${refused.size} refused words`);
