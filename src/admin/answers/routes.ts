import { Hono } from 'hono';
import { html } from 'hono/html';
import { parseTranscriptionId } from '../../domain/ids.ts';
import type { AdminDependencies, AdminEnvironment } from '../context.ts';
import { renderPage, type Shell } from '../layout.ts';
import { renderAnswers } from './view.ts';

/** Maximum rows of each kind (unsent, given up). */
const maxShown = 50;

/** Serves the list of answers that were not sent: since when, why, and a button to send each one now. */
export function createAnswersRoutes(
  { unsentAnswers, audit, timeZone }: AdminDependencies,
  shell: Shell,
): Hono<AdminEnvironment> {
  const routes = new Hono<AdminEnvironment>();

  routes.get('/', async (context) => {
    const view = { ...context.var, base: shell.base, timeZone };
    const content = html`${renderAnswers(view, await unsentAnswers.list(maxShown))}
<p><a href="${shell.base}/system">${view.say('admin-back')}</a></p>`;
    return context.html(
      renderPage(shell, view, { title: view.say('admin-unsent-answers'), name: null, content }),
    );
  });

  routes.post('/:id/retry', async (context) => {
    const id = parseTranscriptionId(context.req.param('id'));
    if (id === undefined) return context.notFound();
    if (await unsentAnswers.retry(id)) await audit(context.var.session.userId, 'answer-retry', `file ${id}`);
    return context.redirect(`${shell.base}/answers`, 303);
  });
  return routes;
}
