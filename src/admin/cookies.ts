import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/**
 * The cookies of the admin page: for this host alone, out of the reach of scripts, never sent along from another site.
 * @param isSecure over https they say so, and browsers hold them to it (`__Host-`)
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
    /** @param maxAge in seconds; without one it goes with the browser's window */
    set(context: Context, name: string, value: string, maxAge?: number): void {
      setCookie(context, name, value, { ...options, ...(maxAge !== undefined && { maxAge }) });
    },
    remove(context: Context, name: string): void {
      deleteCookie(context, name, options);
    },
  };
}

export type Cookies = ReturnType<typeof createCookies>;
