import { hostname } from 'node:os';
import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/**
 * The log of one process: a JSON line an event, to standard output. Secrets of the configuration are cut out of
 * whatever is written, wherever in a line they stand.
 * @param role names the process in each line
 */
export function createLogger(config: Config, role: string): Logger {
  const secrets = [config.BOT_TOKEN, passwordOf(config.DATABASE_URL), passwordOf(config.REDIS_URL)].filter(
    (secret): secret is string => secret !== null && secret.length >= 6,
  );
  const clean = (line: string) => secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
  return pino(
    { level: config.LOG_LEVEL, base: { role, host: hostname(), pid: process.pid } },
    { write: (line: string) => void process.stdout.write(clean(line)) },
  );
}

function passwordOf(address: string | null): string | null {
  const password = address === null ? '' : new URL(address).password;
  return password === '' ? null : decodeURIComponent(password);
}
