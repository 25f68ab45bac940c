import { Hono } from 'hono';
import { html } from 'hono/html';
import type { AdminDependencies, AdminEnvironment } from '../context.ts';
import { renderPage, type Shell } from '../layout.ts';
import { renderLogLines } from './view.ts';

const maxShown = 200;

/** Serves the latest log lines of all processes: warnings and errors, and all lines about transcriptions. */
export function createLinesRoutes(
  { logLines, timeZone }: AdminDependencies,
  shell: Shell,
): Hono<AdminEnvironment> {
  const routes = new Hono<AdminEnvironment>();
  routes.get('/', async (context) => {
    const view = { ...context.var, base: shell.base, timeZone };
    const warningsOnly = context.req.query('all') === undefined;
    const lines = await logLines.tail(maxShown, warningsOnly);
    const other = warningsOnly ? ['?all=yes', 'admin-lines-all'] : ['', 'admin-lines-warnings'];
    const content = html`<p>${view.say('admin-lines-how')} <a href="${shell.base}/lines${other[0]}">${view.say(other[1] ?? '')}</a></p>
${renderLogLines(view, lines)}
<p><a href="${shell.base}/system">${view.say('admin-back')}</a></p>`;
    return context.html(renderPage(shell, view, { title: view.say('admin-lines'), name: null, content }));
  });
  return routes;
}
