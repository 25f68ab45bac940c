import { hostname } from 'node:os';
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { currentRequest } from './app/request.ts';
import type { Config } from './config.ts';
import { createRedaction } from './domain/redaction.ts';
import { secretsOf } from './secrets.ts';

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
  const clean = createRedaction(secretsOf(config), 'json');
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
