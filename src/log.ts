import { hostname } from 'node:os';
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { currentRequest } from './app/request.ts';
import { type Config, secretNames } from './config.ts';

/**
 * The log of one process, to standard output: a JSON line an event, words and colours where a person watches. Secrets
 * of the configuration are cut out of whatever is written, wherever in a line they stand. A line that was written on
 * behalf of a request (app/request.ts) names it.
 * @param role names the process in each line
 * @param keep gets every line as well, without secrets: JSON
 */
export function createLogger(
  config: Config,
  role: string,
  keep: (line: string) => void = () => undefined,
): Logger {
  const secrets = secretsOf(config);
  const clean = (line: string) => secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
  const readable = process.stdout.isTTY
    ? pretty({ sync: true, ignore: 'host,pid', translateTime: 'SYS:HH:MM:ss', singleLine: true })
    : null;
  return pino(
    {
      level: config.LOG_LEVEL,
      base: { role, host: hostname(), pid: process.pid },
      mixin: () => {
        const request = currentRequest();
        return request === undefined ? {} : { request };
      },
    },
    {
      write(line: string) {
        const cleaned = clean(line);
        keep(cleaned);
        (readable ?? process.stdout).write(cleaned);
      },
    },
  );
}

/** A shorter word could be a part of an innocent one. */
const shortestSecret = 6;

/** Every secret, and the passwords in addresses, also as they stand in an address. */
function secretsOf(config: Config): string[] {
  return secretNames
    .flatMap((name) => {
      const value = config[name];
      if (value === null || !URL.canParse(value) || !value.includes('://')) return [value];
      const { password } = new URL(value);
      return [password, decodeURIComponent(password)];
    })
    .filter((secret): secret is string => secret !== null && secret.length >= shortestSecret);
}
