/**
 * What a failed call reveals about the connection: nothing (null), that the server is down, or that
 * it cannot be reached.
 */
export type ConnectionFailure = { readonly isDown: boolean } | null;

/**
 * SQLSTATEs (PostgreSQL, appendix A) of a server that shuts down, starts or has crashed: 57P01
 * admin_shutdown, 57P02 crash_shutdown, 57P03 cannot_connect_now, 57P05 idle_session_timeout.
 */
const serverEnds = new Set(['57P01', '57P02', '57P03', '57P05']);

/** Error codes of Node's sockets; true when the server is down. */
const socketCodes: Readonly<Record<string, boolean>> = {
  ECONNREFUSED: true,
  ECONNRESET: true,
  EPIPE: true,
  ENOTFOUND: false,
  EAI_AGAIN: false,
  ETIMEDOUT: false,
  EHOSTUNREACH: false,
  EHOSTDOWN: false,
  ENETUNREACH: false,
  ENETDOWN: false,
};

/** Messages of errors without a code in pg 8.23, pg-pool 3.14 and ioredis 6.0; true when the server is down. */
const words: readonly (readonly [RegExp, boolean])[] = [
  [/^Connection terminated( unexpectedly)?$/, true],
  [/^Client has encountered a connection error and is not queryable$/, true],
  [/^Client was closed and is not queryable$/, true],
  [/^Connection terminated due to connection timeout$/, false],
  [/^timeout exceeded when trying to connect$/, false],
  [/^timeout expired$/, false],
  [/^Query read timeout$/, false],
  [/^Redis does not answer$/, true],
  [/^Connection is closed\.$/, true],
  [/^Stream isn't writeable/, true],
  [/^Reached the max retries per request limit/, false],
];

/** Tells a failed connection from a failed statement, by the error itself or one that caused it. */
export function connectionFailure(error: unknown): ConnectionFailure {
  for (let one = error, depth = 0; isObject(one) && depth < maxDepth; depth += 1) {
    const isDown = byItself(one);
    if (isDown !== undefined) return { isDown };
    one = one['cause'];
  }
  return null;
}

/** Maximum number of causes to look at; errors may form a circle. */
const maxDepth = 6;

function byItself({ code, message }: Record<string, unknown>): boolean | undefined {
  if (typeof code === 'string') {
    if (serverEnds.has(code)) return true;
    // Class 08 is connection_exception; 53300 is too_many_connections.
    if (/^08...$/.test(code) || code === '53300') return false;
    if (Object.hasOwn(socketCodes, code)) return socketCodes[code];
  }
  if (typeof message !== 'string') return undefined;
  return words.find(([pattern]) => pattern.test(message))?.[1];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
