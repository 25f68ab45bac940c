import { Hono } from 'hono';
import type { AdminContext, AdminDependencies, AdminEnvironment } from '../context.ts';
import { renderPage, type Shell } from '../layout.ts';
import { renderSessions } from './view.ts';

/** Serves the list of sessions with buttons to close them: admins see their own, those of ADMIN_IDS all. */
export function createSessionsRoutes(dependencies: AdminDependencies, shell: Shell): Hono<AdminEnvironment> {
  const { signIns, access, audit, timeZone } = dependencies;
  const routes = new Hono<AdminEnvironment>();
  /** Returns the user whose sessions may be seen and closed; null for all users. */
  const scopeOf = ({ var: { session } }: AdminContext) =>
    access.adminIds.has(session.userId) ? null : session.userId;

  routes.get('/', async (context) => {
    const view = { ...context.var, base: shell.base, timeZone };
    const content = renderSessions(view, await signIns.list(scopeOf(context)));
    return context.html(
      renderPage(shell, view, { title: view.say('admin-page-sessions'), name: 'sessions', content }),
    );
  });

  routes.post('/:id/close', async (context) => {
    const { session } = context.var;
    const [id] = /^\d{1,15}$/.exec(context.req.param('id')) ?? [];
    const owner = id === undefined ? null : await signIns.endOneSession(Number(id), scopeOf(context));
    if (owner === null) return context.notFound();
    await audit(session.userId, 'sign-out', String(owner), { session: Number(id) });
    return context.redirect(`${shell.base}/sessions`, 303);
  });
  return routes;
}
