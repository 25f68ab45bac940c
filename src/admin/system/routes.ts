import { Hono } from 'hono';
import { html } from 'hono/html';
import { spans } from '../../app/admin/operations.ts';
import type { AdminContext, AdminDependencies, AdminEnvironment } from '../context.ts';
import { page, type Shell } from '../layout.ts';
import { chartsView } from './charts-view.ts';
import { configurationView, failuresView } from './details-view.ts';
import { stateView } from './state-view.ts';

/** How the whole of Dabir fares: what runs, what waits, what went wrong, and charts of what was done. */
export function systemRoutes(dependencies: AdminDependencies, shell: Shell): Hono<AdminEnvironment> {
  const { charts, figures, timeZone, systemState, configuration } = dependencies;
  const routes = new Hono<AdminEnvironment>();
  const viewOf = (context: AdminContext) => ({ ...context.var, base: shell.base, timeZone });
  const stateOf = async (context: AdminContext) => stateView(viewOf(context), await systemState());

  routes.get('/', async (context) => {
    const view = viewOf(context);
    const span = spans.find((known) => known === context.req.query('span')) ?? 'day';
    const [state, points, failures] = await Promise.all([
      stateOf(context),
      charts.points(span),
      figures.failures(),
    ]);
    const content = html`<div hx-get="${shell.base}/system/state" hx-trigger="every 5s" hx-swap="innerMorph">${state}</div>
${chartsView(view, span, points)}
${failuresView(view, failures)}
${configurationView(view, configuration)}`;
    return context.html(
      page(shell, view, {
        title: view.say('admin-page-system'),
        name: 'system',
        content,
        assets: ['uplot.css', 'uplot.js', 'charts.js'],
      }),
    );
  });

  routes.get('/state', async (context) => context.html(await stateOf(context)));
  return routes;
}
