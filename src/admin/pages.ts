import type { Hono } from 'hono';
import { createUserRoutes } from '../features/accounts/admin/routes.ts';
import { createAnswersRoutes } from './answers/routes.ts';
import { createAuditRoutes } from './audit/routes.ts';
import { createBulkRoutes } from './bulk-changes/routes.ts';
import type { AdminDependencies, AdminEnvironment } from './context.ts';
import { createEnginesRoutes } from './engines/routes.ts';
import type { Shell } from './layout.ts';
import { createLinesRoutes } from './lines/routes.ts';
import { createNowRoutes } from './now/routes.ts';
import { createSessionsRoutes } from './sessions/routes.ts';
import { createSystemRoutes } from './system/routes.ts';

type AdminPage = {
  /** Path below that of the admin page; `admin-page-…` is the text in the menu. */
  readonly name: string;
  /** False for pages that other pages lead to. */
  readonly isInMenu: boolean;
  routes(dependencies: AdminDependencies, shell: Shell): Hono<AdminEnvironment>;
};

/** All pages for admins who are signed in, in the order of the menu. */
export const adminPages: readonly AdminPage[] = [
  { name: 'now', isInMenu: true, routes: createNowRoutes },
  { name: 'users', isInMenu: true, routes: createUserRoutes },
  { name: 'engines', isInMenu: true, routes: createEnginesRoutes },
  { name: 'system', isInMenu: true, routes: createSystemRoutes },
  { name: 'sessions', isInMenu: true, routes: createSessionsRoutes },
  { name: 'audit', isInMenu: true, routes: createAuditRoutes },
  { name: 'answers', isInMenu: false, routes: createAnswersRoutes },
  { name: 'bulk-changes', isInMenu: false, routes: createBulkRoutes },
  { name: 'lines', isInMenu: false, routes: createLinesRoutes },
];
