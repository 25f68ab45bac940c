import type { MiddlewareHandler } from 'hono';

/** Returns true for the names and addresses that only this machine has. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname === '::1' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * Refuses requests that reach a loopback server under a foreign name: a web page whose name was pointed at
 * 127.0.0.1 (DNS rebinding).
 */
export function requireLoopbackName(): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    const url = `http://${host}`;
    if (!URL.canParse(url) || !isLoopback(new URL(url).hostname)) {
      return c.json({ error: 'This server answers under its own name only.' }, 403);
    }
    return next();
  };
}

/** Refuses requests from a page of another origin. Programs send neither header and pass. */
export function requireSameOrigin(): MiddlewareHandler {
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
    const foreignOrigin =
      origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === c.req.header('host'));
    if (foreignSite || foreignOrigin) return c.json({ error: 'Requests of other sites are refused.' }, 403);
    return next();
  };
}
