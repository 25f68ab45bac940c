import { Hono } from 'hono';
import type { AdminDependencies } from './context.ts';
import { adminPath } from './path.ts';

/** Returns the routes of the admin page, which is loaded by its first request: few bots are ever asked for it. */
export function createAdminOnDemand(dependencies: AdminDependencies): Hono {
  let loaded: Promise<Hono> | undefined;
  const load = async () => (await import('./admin.ts')).createAdmin(dependencies);
  const routes = new Hono();
  routes.all(`${adminPath}/*`, async (context) => {
    loaded ??= load();
    const admin = await loaded.catch((error) => {
      loaded = undefined;
      throw error;
    });
    return admin.fetch(context.req.raw, context.env);
  });
  return routes;
}
