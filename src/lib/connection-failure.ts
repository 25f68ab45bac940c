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

/**
 * Prisma's names for a lost connection (`kind` of @prisma/driver-adapter-utils); true when the
 * server is down.
 */
const kinds: Readonly<Record<string, boolean>> = {
  DatabaseNotReachable: true,
  ConnectionClosed: true,
  SocketTimeout: false,
  TooManyConnections: false,
};

/**
 * Prisma's codes for a lost connection: P1001 unreachable, P1002 and P1008 timed out, P1017 closed,
 * P2024 pool timeout, P2037 too many connections.
 */
const prismaCodes: Readonly<Record<string, boolean>> = {
  P1001: true,
  P1002: false,
  P1008: false,
  P1017: true,
  P2024: false,
  P2037: false,
};

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

/**
 * Tells a failed connection from a failed statement. Searches Prisma's wrappers (`meta`, `cause`),
 * which keep the driver's error in several shapes.
 */
export function connectionFailure(error: unknown): ConnectionFailure {
  for (let one = error, depth = 0; isObject(one) && depth < deepest; depth += 1) {
    const isDown = byItself(one);
    if (isDown !== undefined) return { isDown };
    const meta = isObject(one['meta']) ? one['meta']['driverAdapterError'] : undefined;
    one = meta ?? one['cause'];
  }
  return null;
}

/** Maximum depth of the search; Prisma wraps a driver's error three times at most. */
const deepest = 6;

function byItself(error: Record<string, unknown>): boolean | undefined {
  const { code, originalCode, kind, message } = error;
  for (const state of [code, originalCode]) {
    if (typeof state !== 'string') continue;
    if (serverEnds.has(state)) return true;
    // Class 08 is connection_exception; 53300 is too_many_connections.
    if (/^08...$/.test(state) || state === '53300') return false;
    if (Object.hasOwn(prismaCodes, state)) return prismaCodes[state];
    if (Object.hasOwn(socketCodes, state)) return socketCodes[state];
  }
  if (typeof kind === 'string' && Object.hasOwn(kinds, kind)) return kinds[kind];
  if (typeof message !== 'string') return undefined;
  return words.find(([pattern]) => pattern.test(message))?.[1];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
