/**
 * Generates the Prisma client, with which tests set up rows and read them, after an install for development. The
 * product has its own statements, in src/store; an install without development dependencies generates nothing.
 *
 * Calls the generator directly: the `prisma` command brings a studio, a PostgreSQL in WebAssembly and React (150 MB),
 * and downloads a program that generating does not need, from a host that closed networks do not reach.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
if (!isInstalled('@prisma/client-generator-ts')) process.exit(0);
// Its ESM build imports a file that does not exist (7.10.0), so both are loaded as CommonJS.
const { PrismaClientTsGenerator } = require('@prisma/client-generator-ts') as GeneratorPackage;
const internals = require('@prisma/internals') as Internals;

const schemaPath = fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url));
const schemaContext = await internals.loadSchemaContext({
  schemaPath: { cliProvidedPath: schemaPath },
  printLoadMessage: false,
});
const [generator] = await internals.getGenerators({
  schemaContext,
  registry: { 'prisma-client': { type: 'in-process', generator: new PrismaClientTsGenerator() } },
  cliCommand: 'generate',
  skipDownload: true,
});
if (generator === undefined) throw new Error('prisma/schema.prisma names no generator');
await generator.generate();
generator.stop();

type GeneratorPackage = typeof import('@prisma/client-generator-ts');
type Internals = typeof import('@prisma/internals');

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
