import { hostname } from 'node:os';
import { type Logger, pino, stdSerializers } from 'pino';
import { currentRequest } from '../app/request.ts';
import { createRedaction } from '../domain/redaction.ts';
import type { Config } from './config-schema.ts';
import { secretsOf } from './secrets.ts';

/** Only a terminal needs it. */
const pretty = process.stdout.isTTY ? (await import('pino-pretty')).default : null;

/**
 * Creates the log of one process on standard output: one JSON line for each event, or readable text
 * in colour on a terminal. Secrets of the configuration are removed from every line, wherever they
 * occur. A line that belongs to a request (app/request.ts) contains the request's id.
 * @param role name of the role in each line
 * @param keep receives every line as JSON, without secrets
 */
export function createLogger(
  config: Config,
  role: string,
  keep: (line: string) => void = () => undefined,
): Logger {
  const clean = createRedaction(secretsOf(config), 'json');
  const readable = pretty?.({
    sync: true,
    ignore: 'host,pid',
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
  });
  return pino(
    {
      level: config.LOG_LEVEL,
      serializers: { err: stackOf },
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

/**
 * Returns what the log says about an unexpected error. Its other fields are left out: a library may keep a user's text
 * there, such as the parameters of a call.
 */
function stackOf(error: Error): object {
  const { type, message, stack } = stdSerializers.err(error);
  return { type, message, stack };
}
