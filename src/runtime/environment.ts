import { join } from 'node:path';
import dotenv from 'dotenv';
import { projectFolder } from './project-folder.ts';
import { checkFileNames } from './unknown-variables.ts';

/** Path of the file with the configuration, beside package.json. */
export const environmentFile = join(projectFolder, '.env');

/**
 * Returns the variables of the environment, completed from the file `.env` beside package.json.
 * Nothing else reads `process.env`, except compile-cache.ts, which comes before all other modules.
 * @param path path of another file
 * @throws ConfigError when the file sets a variable that nothing reads
 */
export function loadEnvironment(path = environmentFile): Readonly<Record<string, string | undefined>> {
  const { parsed } = dotenv.config({ path, quiet: true });
  checkFileNames(Object.keys(parsed ?? {}));
  return process.env;
}
