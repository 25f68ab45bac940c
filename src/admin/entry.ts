import { Hono } from 'hono';
import { html } from 'hono/html';
import { createKey, signIn } from '../app/admin/sign-in.ts';
import type { AdminDependencies, AdminEnvironment } from './context.ts';
import type { Cookies } from './cookies.ts';
import { renderPage, type Shell } from './layout.ts';
import { createThrottle } from './throttle.ts';

/** Cookie that marks the browser that opened the link; it lives as long as the link, in seconds. */
const entryCookie = 'entry';
const entrySeconds = 600;

/** Name of the cookie with the session key. */
export const sessionCookie = 'admin';

/**
 * Serves the sign-in with a link from the bot. Opening the link does not use it up, because link previews open it
 * too. It sets a cookie, and the button on the page, pressed in the same browser, uses the link.
 */
export function createEntryRoutes(
  dependencies: AdminDependencies,
  shell: Shell,
  cookies: Cookies,
): Hono<AdminEnvironment> {
  const routes = new Hono<AdminEnvironment>();
  const mayTry = createThrottle();
  routes.get('/enter/:link', (context) => {
    const { say, language, path } = context.var;
    const mark = createKey();
    cookies.set(context, entryCookie, mark, entrySeconds);
    const content = html`<p>${say('admin-enter-question')}</p>
<form method="post" action="${shell.base}/enter">
<input type="hidden" name="link" value="${context.req.param('link')}">
<input type="hidden" name="mark" value="${mark}">
<button>${say('admin-enter')}</button>
</form>`;
    return context.html(
      renderPage(
        shell,
        { say, language, ...(path !== undefined && { path }) },
        {
          title: say('admin-enter-title'),
          name: null,
          content,
        },
      ),
    );
  });
  routes.post('/enter', async (context) => {
    const { say, language } = context.var;
    const refuse = (key: string, status: 403 | 429) =>
      context.html(
        renderPage(
          shell,
          { say, language },
          { title: say('admin-enter-title'), name: null, content: html`<p role="alert">${say(key)}</p>` },
        ),
        status,
      );
    const { link, mark } = await context.req.parseBody();
    const expected = cookies.get(context, entryCookie);
    // Another site cannot sign this browser in with a link of its own. Such attempts are refused without a query
    // and are not counted, so that they do not use up anybody's limit.
    if (typeof link !== 'string' || expected === undefined || mark !== expected)
      return refuse('admin-enter-other-browser', 403);
    const address = dependencies.visitor(context);
    if (!mayTry(address, link)) return refuse('admin-enter-slowly', 429);
    const key = await signIn(dependencies, link, address);
    if (key === null) return refuse('admin-enter-expired', 403);
    cookies.remove(context, entryCookie);
    cookies.set(context, sessionCookie, key);
    return context.redirect(`${shell.base}/now`, 303);
  });
  return routes;
}
