import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { useSession } from '../app/admin/sign-in.ts';
import type { AdminDependencies, AdminEnvironment } from './context.ts';
import type { Cookies } from './cookies.ts';
import { sessionCookie } from './entry.ts';
import { renderPage, type Shell } from './layout.ts';

/**
 * Lets signed-in users pass and rotates their session key from time to time; others get instructions to sign in.
 */
export function requireSession(
  dependencies: AdminDependencies,
  shell: Shell,
  cookies: Cookies,
): MiddlewareHandler<AdminEnvironment> {
  return async (context, next) => {
    const key = cookies.get(context, sessionCookie);
    const found =
      key === undefined ? null : await useSession(dependencies, key, dependencies.visitor(context));
    if (found === null) {
      const { say, language } = context.var;
      const content = html`<p>${say('admin-how-to-enter')}</p>`;
      return context.html(
        renderPage(shell, { say, language }, { title: say('admin-enter-title'), name: null, content }),
        401,
      );
    }
    if (found.newKey !== null) cookies.set(context, sessionCookie, found.newKey);
    context.set('session', found.session);
    return next();
  };
}

/**
 * Lets a change pass only from a form of this page: each form carries the session's form key (CSRF protection).
 */
export function requireOwnForm(): MiddlewareHandler<AdminEnvironment> {
  return async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
    const { form } = await context.req.parseBody();
    const expected = Buffer.from(context.var.session.formKey);
    const given = Buffer.from(typeof form === 'string' ? form : '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      return context.text(context.var.say('admin-not-from-here'), 403);
    return next();
  };
}
