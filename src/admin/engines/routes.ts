import { Hono } from 'hono';
import { html } from 'hono/html';
import { isEngineId } from '../../domain/engine-names.ts';
import type { AdminContext, AdminDependencies, AdminEnvironment } from '../context.ts';
import { renderPage, type Shell } from '../layout.ts';
import { renderModels, renderTerms } from './models-view.ts';
import { renderCosts, renderEngines, renderScores } from './view.ts';

/** Number of days with costs. */
const costDays = 7;

/** Serves the engines: readiness, success, costs, and buttons to test and to pause each one. */
export function createEnginesRoutes(dependencies: AdminDependencies, shell: Shell): Hono<AdminEnvironment> {
  const { engines, figures, charts, engineTests, pauses, modelWishes, audit, timeZone } = dependencies;
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
<div id="models" hx-get="${shell.base}/engines/models" hx-trigger="every 3s" hx-swap="innerMorph">${renderModels(view, details)}</div>
${renderCosts(view, costs)}
${renderScores(view, scores)}`;
    return context.html(
      renderPage(shell, view, { title: view.say('admin-page-engines'), name: 'engines', content }),
    );
  });

  routes.get('/list', async (context) => context.html(await listOf(context)));
  routes.get('/models', async (context) => context.html(renderModels(viewOf(context), await engines.list())));

  /** Returns a model that workers can download; undefined for any other name. */
  const findModel = async (name: string) =>
    (await engines.list())
      .flatMap(({ reports }) => reports.flatMap(({ models }) => models))
      .find((model) => model.name === name && model.isDownloadable);
  routes.get('/models/:model/terms', async (context) => {
    const model = await findModel(context.req.param('model'));
    if (model === undefined) return context.notFound();
    const view = viewOf(context);
    const title = view.say('admin-model-install-title', { model: model.name });
    return context.html(
      renderPage(shell, view, { title, name: 'engines', content: renderTerms(view, model) }),
    );
  });
  for (const action of ['install', 'remove'] as const) {
    routes.post(`/models/:model/${action}`, async (context) => {
      const name = context.req.param('model');
      const model = await findModel(name);
      if (model === undefined) return context.notFound();
      const { agreed } = await context.req.parseBody();
      const isAgreed = action === 'install' && agreed === 'yes';
      if (action === 'install' && model.mustBeAgreed && !isAgreed)
        return context.text(context.var.say('admin-model-not-agreed'), 409);
      const { userId } = context.var.session;
      await modelWishes.ask(name, action === 'install', userId, isAgreed);
      await audit(userId, `model-${action}`, name, { agreed: isAgreed });
      return context.redirect(`${shell.base}/engines#models`, 303);
    });
  }

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
