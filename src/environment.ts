import { fileURLToPath } from 'node:url';
import dotenv from 'dotenv';

/**
 * The variables of the environment, completed from the file `.env` beside package.json. The one place that reads
 * `process.env`.
 */
export function loadEnvironment(): Readonly<Record<string, string | undefined>> {
  dotenv.config({ path: fileURLToPath(new URL('../.env', import.meta.url)), quiet: true });
  return process.env;
}
