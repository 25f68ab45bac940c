/**
 * `npm run check:imports` runs dependency-cruiser with the rules of .dependency-cruiser.cjs. It fails when no
 * file was checked.
 */
import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const configuration = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const { output, exitCode } = await cruise(
  ['src', 'worker', 'packages'],
  {
    ...configuration.options,
    ruleSet: { forbidden: configuration.forbidden },
    validate: true,
    outputType: 'err-long',
  },
  undefined,
  { tsConfig: extractTSConfig('tsconfig.json') },
);
const cruised = Number(/\((\d+) modules/.exec(String(output))?.[1] ?? 0);
console.log(String(output).trim());
if (cruised === 0 && exitCode === 0) {
  console.error('The import rules were held against 0 modules: the check itself is broken.');
  process.exit(1);
}
process.exit(exitCode === 0 ? 0 : 1);
