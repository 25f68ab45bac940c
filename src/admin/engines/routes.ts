import { Hono } from 'hono';
import { html } from 'hono/html';
import { isEngineId } from '../../domain/engine-names.ts';
import type { AdminContext, AdminDependencies, AdminEnvironment } from '../context.ts';
import { renderPage, type Shell } from '../layout.ts';
import { renderModels } from './models-view.ts';
import { renderCosts, renderEngines, renderScores } from './view.ts';

/** Number of days with costs. */
const costDays = 7;

/** Serves the engines: readiness, success, costs, and buttons to test and to pause each one. */
export function createEnginesRoutes(dependencies: AdminDependencies, shell: Shell): Hono<AdminEnvironment> {
  const { engines, figures, charts, engineTests, pauses, audit, timeZone } = dependencies;
  const routes = new Hono<AdminEnvironment>();
  const viewOf = (context: AdminContext) => ({ ...context.var, base: shell.base, timeZone });
  const listOf = async (context: AdminContext) => {
    const [details, judged, paused] = await Promise.all([engines.list(), figures.engines(), pauses.list()]);
    return renderEngines(viewOf(context), details, judged, paused);
  };

  routes.get('/', async (context) => {
    const view = viewOf(context);
    const [list, details, costs, scores] = await Promise.all([
      listOf(context),
      engines.list(),
      charts.costs(costDays),
      engines.scores(),
    ]);
    const content = html`<div hx-get="${shell.base}/engines/list" hx-trigger="every 3s" hx-swap="innerMorph">${list}</div>
${renderModels(view, details)}
${renderCosts(view, costs)}
${renderScores(view, scores)}`;
    return context.html(
      renderPage(shell, view, { title: view.say('admin-page-engines'), name: 'engines', content }),
    );
  });

  routes.get('/list', async (context) => context.html(await listOf(context)));

  routes.post('/:engine/test', async (context) => {
    const engine = context.req.param('engine');
    if (!isEngineId(engine)) return context.notFound();
    const { userId } = context.var.session;
    if (await engineTests.ask(engine, userId)) await audit(userId, 'engine-test', engine);
    return context.redirect(`${shell.base}/engines`, 303);
  });
  for (const action of ['pause', 'resume'] as const) {
    routes.post(`/:engine/${action}`, async (context) => {
      const engine = context.req.param('engine');
      if (!isEngineId(engine)) return context.notFound();
      const { userId } = context.var.session;
      const isChanged = await (action === 'pause' ? pauses.pause(engine, userId) : pauses.resume(engine));
      if (isChanged) await audit(userId, `engine-${action}`, engine);
      return context.redirect(`${shell.base}/engines`, 303);
    });
  }
  return routes;
}
