/**
 * `npm run check:names` holds file names and exported names against the table of refused words in docs/glossary.md, and
 * fails when a name is exported twice.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';

const glossary = readFileSync('docs/glossary.md', 'utf8');
const [, section = ''] = glossary.split('\n## Words that the check refuses\n');
const refused = new Map(
  [...section.matchAll(/^\| ([a-z, ]+) \| (.+?) \|/gm)].flatMap(([, words = '', use = '']) =>
    words.split(', ').map((word) => [word, use] as const),
  ),
);

const files = globSync('{src,worker}/**/*.ts', {
  exclude: (path) => /support.prisma|node_modules/.test(path),
}).toSorted();
const problems: string[] = [];
const homes = new Map<string, string[]>();

/** Records a problem for each refused word of a name. */
function check(name: string, place: string): void {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').split(/[^A-Za-z]+/);
  for (const [index, word] of words.entries()) {
    const use = refused.get(word.toLowerCase());
    // `atMost` is the usual word for a limit of time.
    const isLimit = word.toLowerCase() === 'most' && words[index - 1]?.toLowerCase() === 'at';
    if (use !== undefined && !isLimit)
      problems.push(`${place}: ${name} says "${word.toLowerCase()}"; the glossary says ${use}`);
  }
}

for (const file of files) {
  check(basename(file, '.ts'), file);
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  for (const name of exportedNames(source)) {
    check(name, file);
    homes.set(name, [...(homes.get(name) ?? []), file]);
  }
}

function exportedNames(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [name.text] : [],
      );
    const { name } = statement as ts.DeclarationStatement;
    return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
  });
}

for (const [name, places] of homes) {
  if (places.length > 1) problems.push(`${name} is exported by ${places.join(' and ')}`);
}
// An empty table would refuse nothing.
if (refused.size === 0 || files.length === 0) problems.push('the check found no words, or no files');
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`${files.length} files, ${homes.size} exported names, ${refused.size} refused words`);
