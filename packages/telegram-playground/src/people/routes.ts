import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { addBusinessRoutes } from '../business/routes.ts';
import type { Core } from '../core.ts';
import { addGroupRoutes } from '../groups/routes.ts';
import { requireSameOrigin } from '../http/local-only.ts';
import type { Logger } from '../logger.ts';
import type { CallRecord } from '../testing/calls.ts';
import type { Faults } from '../testing/faults.ts';
import { addFileRoutes } from './file-routes.ts';
import { addInlineRoutes } from './inline.ts';
import { addMessageRoutes } from './message-routes.ts';
import { PersonError } from './person-error.ts';
import { addPersonRoutes } from './person-routes.ts';
import type { PeopleApp } from './route.ts';
import { addTestRoutes } from './test-routes.ts';

/** Dependencies of the people's side. */
export interface PersonRouteOptions {
  readonly core: Core;
  readonly faults: Faults;
  readonly calls: CallRecord;
  readonly logger: Logger | undefined;
}

/** Returns the routes `/playground/*`: everything that people do, for the chat page and for tests. */
export function personRoutes({ core, faults, calls, logger }: PersonRouteOptions): PeopleApp {
  const app: PeopleApp = new Hono<{ Bindings: HttpBindings }>();
  app.use(requireSameOrigin());
  app.onError((error, c) => {
    if (error instanceof PersonError) return c.json({ error: error.message }, error.status);
    logger?.error({ err: error }, 'a route of the people failed');
    return c.json({ error: 'Something went wrong in the playground.' }, 500);
  });
  app.notFound((c) => c.json({ error: 'There is nothing here.' }, 404));

  addPersonRoutes(app, core);
  addMessageRoutes(app, core);
  addFileRoutes(app, core);
  addGroupRoutes(app, core);
  addBusinessRoutes(app, core);
  addInlineRoutes(app, core);
  addTestRoutes(app, core, faults, calls);
  return app;
}
