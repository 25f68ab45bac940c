import { Hono } from 'hono';
import { html } from 'hono/html';
import { askBulkChange, undoBulkChange } from '../../app/admin/bulk-change.ts';
import { bulkActions } from '../../app/admin/bulk-ports.ts';
import type { AdminContext, AdminDependencies, AdminEnvironment } from '../context.ts';
import { renderPage, type Shell } from '../layout.ts';
import { filterOf } from '../now/filter.ts';
import { renderBulkChange, renderBulkQuestion } from './view.ts';

/**
 * Serves changes to all transcriptions of a filter: the confirmation with their number, the progress, and the
 * undo button.
 */
export function createBulkRoutes(dependencies: AdminDependencies, shell: Shell): Hono<AdminEnvironment> {
  const { bulkChanges, timeZone } = dependencies;
  const routes = new Hono<AdminEnvironment>();
  const viewOf = (context: AdminContext) => ({ ...context.var, base: shell.base, timeZone });
  const actionOf = (context: AdminContext) =>
    bulkActions.find((action) => action === context.req.query('action'));

  routes.get('/new', async (context) => {
    const action = actionOf(context);
    if (action === undefined) return notFound(context);
    const view = viewOf(context);
    const filter = filterOf(context.req.query());
    const content = renderBulkQuestion(view, action, filter, await bulkChanges.count(action, filter));
    return context.html(
      renderPage(shell, view, { title: view.say(`admin-bulk-${action}`), name: null, content }),
    );
  });

  routes.post('/', async (context) => {
    const action = actionOf(context);
    if (action === undefined) return notFound(context);
    const filter = filterOf(context.req.query());
    const id = await askBulkChange(dependencies, context.var.session.userId, action, filter);
    return context.redirect(`${shell.base}/bulk-changes/${id}`, 303);
  });

  routes.get('/:id', async (context) => {
    const change = await find(context);
    if (change === null) return notFound(context);
    const view = viewOf(context);
    const content = html`<div hx-get="${shell.base}/bulk-changes/${change.id}/state" hx-trigger="every 1s" hx-swap="innerMorph" aria-live="polite">${renderBulkChange(view, change)}</div>
<p><a href="${shell.base}/now">${view.say('admin-back')}</a></p>`;
    return context.html(
      renderPage(shell, view, { title: view.say(`admin-bulk-${change.action}`), name: null, content }),
    );
  });

  routes.get('/:id/state', async (context) => {
    const change = await find(context);
    return change === null
      ? notFound(context)
      : context.html(await renderBulkChange(viewOf(context), change));
  });

  routes.post('/:id/undo', async (context) => {
    const change = await find(context);
    if (change === null) return notFound(context);
    await undoBulkChange(dependencies, context.var.session.userId, change.id);
    return context.redirect(`${shell.base}/bulk-changes/${change.id}`, 303);
  });

  async function find(context: AdminContext) {
    const [id] = /^\d{1,15}$/.exec(context.req.param('id') ?? '') ?? [];
    return id === undefined ? null : bulkChanges.find(Number(id));
  }

  function notFound(context: AdminContext) {
    const view = viewOf(context);
    const content = html`<p>${view.say('admin-not-found')}</p>`;
    return context.html(
      renderPage(shell, view, { title: view.say('admin-page-now'), name: null, content }),
      404,
    );
  }
  return routes;
}
