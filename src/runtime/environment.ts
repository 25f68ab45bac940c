import { fileURLToPath } from 'node:url';
import dotenv from 'dotenv';
import { checkFileNames } from './unknown-variables.ts';

/**
 * Returns the variables of the environment, completed from the file `.env` beside package.json.
 * This is the only place that reads `process.env`.
 * @param path path of another file
 * @throws ConfigError when the file sets a variable that nothing reads
 */
export function loadEnvironment(
  path = fileURLToPath(new URL('../../.env', import.meta.url)),
): Readonly<Record<string, string | undefined>> {
  const { parsed } = dotenv.config({ path, quiet: true });
  checkFileNames(Object.keys(parsed ?? {}));
  return process.env;
}
