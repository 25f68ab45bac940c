import type { Hono } from 'hono';
import { userRoutes } from '../features/accounts/admin/routes.ts';
import { answersRoutes } from './answers/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { bulkRoutes } from './bulk-changes/routes.ts';
import type { AdminDependencies, AdminEnvironment } from './context.ts';
import { enginesRoutes } from './engines/routes.ts';
import type { Shell } from './layout.ts';
import { linesRoutes } from './lines/routes.ts';
import { nowRoutes } from './now/routes.ts';
import { sessionsRoutes } from './sessions/routes.ts';
import { systemRoutes } from './system/routes.ts';

type AdminPage = {
  /** Path below that of the admin page; `admin-page-…` is the text in the menu. */
  readonly name: string;
  /** False for pages that other pages lead to. */
  readonly isInMenu: boolean;
  routes(dependencies: AdminDependencies, shell: Shell): Hono<AdminEnvironment>;
};

/** All pages for admins who are signed in, in the order of the menu. */
export const adminPages: readonly AdminPage[] = [
  { name: 'now', isInMenu: true, routes: nowRoutes },
  { name: 'users', isInMenu: true, routes: userRoutes },
  { name: 'engines', isInMenu: true, routes: enginesRoutes },
  { name: 'system', isInMenu: true, routes: systemRoutes },
  { name: 'sessions', isInMenu: true, routes: sessionsRoutes },
  { name: 'audit', isInMenu: true, routes: auditRoutes },
  { name: 'answers', isInMenu: false, routes: answersRoutes },
  { name: 'bulk-changes', isInMenu: false, routes: bulkRoutes },
  { name: 'lines', isInMenu: false, routes: linesRoutes },
];
