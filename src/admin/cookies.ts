import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/**
 * Returns functions for the admin page's cookies: for this host only, hidden from scripts, never sent by other
 * sites.
 * @param isSecure true for https: sets `Secure` and the prefix `__Host-`
 */
export function createCookies(isSecure: boolean) {
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure,
    ...(isSecure && { prefix: 'host' as const }),
  } as const;
  const read = (context: Context, name: string) =>
    isSecure ? getCookie(context, name, 'host') : getCookie(context, name);
  return {
    get: read,
    /** @param maxAge in seconds; without it the cookie ends with the browser's session */
    set(context: Context, name: string, value: string, maxAge?: number): void {
      setCookie(context, name, value, { ...options, ...(maxAge !== undefined && { maxAge }) });
    },
    remove(context: Context, name: string): void {
      deleteCookie(context, name, options);
    },
  };
}

export type Cookies = ReturnType<typeof createCookies>;
