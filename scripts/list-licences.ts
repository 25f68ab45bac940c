/**
 * `npm run licences` writes docs/licences.md and NOTICE. With `--check` (`npm run check:licences`) it writes
 * nothing and fails when they are not up to date. Either way it fails when a licence is not allowed or not
 * known.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collect, readSources } from './licences/collect.ts';
import { licencePage, notice } from './licences/page.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const { dependencies, problems } = collect(readSources(checkout));
const files = { 'docs/licences.md': licencePage(dependencies), NOTICE: notice(dependencies) };
const wrong = [...problems];
for (const [name, text] of Object.entries(files)) {
  const path = join(checkout, name);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readText(path) !== text) wrong.push(`${name} is not up to date: npm run licences`);
}
if (wrong.length > 0) {
  console.error(`${wrong.join('\n')}\nWhat may be used is decided in scripts/licences/known.ts.`);
  process.exit(1);
}
console.log(`${dependencies.length} dependencies, all with licences that may be used`);

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return '';
  }
}
