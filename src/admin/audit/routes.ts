import { Hono } from 'hono';
import { html } from 'hono/html';
import type { AdminDependencies, AdminEnvironment } from '../context.ts';
import { renderPage, type Shell } from '../layout.ts';
import { auditTable } from './view.ts';

const perPage = 100;

/** Serves the actions of admins on this page and in the chat, the latest first. */
export function createAuditRoutes(
  { auditLog, timeZone }: AdminDependencies,
  shell: Shell,
): Hono<AdminEnvironment> {
  const routes = new Hono<AdminEnvironment>();
  routes.get('/', async (context) => {
    const [, before] = /^(\d{1,15})$/.exec(context.req.query('before') ?? '') ?? [];
    const entries = await auditLog.list(before === undefined ? null : Number(before), perPage);
    const last = entries.at(-1);
    const view = { ...context.var, base: shell.base, timeZone };
    const content = html`${auditTable(view, entries)}
${
  last === undefined || entries.length < perPage
    ? ''
    : html`<p class="pages"><a href="${shell.base}/audit?before=${last.id}" rel="next">${view.say('admin-older')}</a></p>`
}`;
    return context.html(
      renderPage(shell, view, { title: view.say('admin-page-audit'), name: 'audit', content }),
    );
  });
  return routes;
}
