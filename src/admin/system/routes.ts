import { Hono } from 'hono';
import { html } from 'hono/html';
import { spans } from '../../app/admin/system-ports.ts';
import type { AdminContext, AdminDependencies, AdminEnvironment } from '../context.ts';
import { renderPage, type Shell } from '../layout.ts';
import { renderCharts } from './charts-view.ts';
import { renderConfiguration, renderFailures } from './details-view.ts';
import { renderState } from './state-view.ts';
import { renderHealthSummary } from './summary-view.ts';

/** Serves the state of the whole system: processes, queue, failures and charts. */
export function createSystemRoutes(dependencies: AdminDependencies, shell: Shell): Hono<AdminEnvironment> {
  const { charts, figures, texts, timeZone, systemState, configuration } = dependencies;
  const routes = new Hono<AdminEnvironment>();
  const viewOf = (context: AdminContext) => ({ ...context.var, base: shell.base, timeZone });
  const summaryOf = async (context: AdminContext) => {
    const [readings, processes] = await Promise.all([
      dependencies.readings().catch(() => null),
      dependencies.processes.list(),
    ]);
    return renderHealthSummary(viewOf(context), texts, readings, processes);
  };
  const stateOf = async (context: AdminContext) => renderState(viewOf(context), await systemState());

  routes.get('/', async (context) => {
    const view = viewOf(context);
    const span = spans.find((known) => known === context.req.query('span')) ?? 'day';
    const [summary, state, points, failures] = await Promise.all([
      summaryOf(context),
      stateOf(context),
      charts.points(span),
      figures.failures(),
    ]);
    const content = html`<div hx-get="${shell.base}/system/summary" hx-trigger="every 5s" hx-swap="innerMorph">${summary}</div>
<div hx-get="${shell.base}/system/state" hx-trigger="every 5s" hx-swap="innerMorph">${state}</div>
${renderCharts(view, span, points)}
${renderFailures(view, failures)}
<p class="pages"><a href="${shell.base}/lines">${view.say('admin-lines')}</a> <a href="${shell.base}/answers">${view.say('admin-unsent-answers')}</a></p>
${renderConfiguration(view, configuration)}`;
    return context.html(
      renderPage(shell, view, {
        title: view.say('admin-page-system'),
        name: 'system',
        content,
        assets: ['uplot.css', 'uplot.js', 'charts.js'],
      }),
    );
  });

  routes.get('/summary', async (context) => context.html(await summaryOf(context)));

  routes.get('/state', async (context) => context.html(await stateOf(context)));
  return routes;
}
