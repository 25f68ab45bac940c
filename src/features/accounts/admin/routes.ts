import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { AdminContext, AdminDependencies, AdminEnvironment } from '../../../admin/context.ts';
import { renderPage, type Shell } from '../../../admin/layout.ts';
import { type Account, decideAccess } from '../../../domain/account.ts';
import { isolate } from '../../../texts/format.ts';
import { type AccountChange, changeAccount } from '../change-account.ts';
import { readQuotaForm } from './quota-form.ts';
import { renderUser, renderUsers } from './view.ts';

const perPage = 50;
/** Maximum length of a search in UTF-16 units; no name is longer. */
const maxSearchLength = 100;

const userId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const cursor = z.object({ seenAt: z.iso.datetime({ offset: true }), id: userId });

/** Serves all users and the page of each one: usage, quota and access. */
export function createUserRoutes(dependencies: AdminDependencies, shell: Shell): Hono<AdminEnvironment> {
  const { users, accounts, access, defaultQuota, texts, timeZone } = dependencies;
  const routes = new Hono<AdminEnvironment>();
  const viewOf = (context: AdminContext) => ({ ...context.var, base: shell.base, timeZone });

  routes.get('/', async (context) => {
    const view = viewOf(context);
    const { search = '', seen, id } = context.req.query();
    const sought = search.replaceAll('\0', '').trim().slice(0, maxSearchLength);
    const before = cursor.safeParse({ seenAt: seen, id });
    const found = await users.list(sought, before.success ? before.data : null, perPage);
    const content = renderUsers(view, sought, found);
    return context.html(
      renderPage(shell, view, { title: view.say('admin-page-users'), name: 'users', content }),
    );
  });

  routes.get('/:id', async (context) => {
    const account = await find(context.req.param('id'));
    return account === null ? notFound(context) : shown(context, account);
  });

  routes.post('/:id/:action', async (context) => {
    const account = await find(context.req.param('id'));
    const change = changeOf(context.req.param('action'), await context.req.parseBody());
    if (account === null || change === undefined) return notFound(context);
    if (change === 'not-a-quota') return shown(context, account, 'not-a-quota');
    const outcome = await changeAccount(dependencies, context.var.session.userId, account.id, change);
    if (outcome === 'unknown') return notFound(context);
    if (outcome === 'protected') return shown(context, account, 'protected');
    return context.redirect(`${shell.base}/users/${account.id}`, 303);
  });

  async function find(id: string): Promise<Account | null> {
    const known = userId.safeParse(id);
    return known.success ? accounts.find(known.data) : null;
  }

  /** @param refused reason why the requested change was refused */
  async function shown(context: AdminContext, account: Account, refused?: 'protected' | 'not-a-quota') {
    const view = viewOf(context);
    const content = renderUser(view, texts, {
      account,
      used: await accounts.spent(account.id),
      usual: defaultQuota,
      mayBeAdmitted: decideAccess(account, access) === 'uninvited',
      mayChangeRole: access.adminIds.has(view.session.userId) && !access.adminIds.has(account.id),
    });
    const title = isolate([account.firstName, account.lastName].filter(Boolean).join(' '));
    const alert = refused === undefined ? '' : html`<p role="alert">${view.say(`admin-${refused}`)}</p>`;
    return context.html(
      renderPage(shell, view, { title, name: 'users', content: html`${alert}${content}` }),
      refused === undefined ? 200 : 409,
    );
  }

  function notFound(context: AdminContext) {
    const view = viewOf(context);
    const content = html`<p>${view.say('admin-not-found')}</p>`;
    return context.html(
      renderPage(shell, view, { title: view.say('admin-page-users'), name: 'users', content }),
      404,
    );
  }
  return routes;
}

function changeOf(
  action: string,
  fields: Record<string, unknown>,
): AccountChange | 'not-a-quota' | undefined {
  switch (action) {
    case 'block':
    case 'unblock':
    case 'admit':
      return { action };
    case 'promote':
      return { action: 'role', role: 'ADMIN' };
    case 'demote':
      return { action: 'role', role: 'USER' };
    case 'quota': {
      const quota = readQuotaForm(fields);
      return quota === null ? 'not-a-quota' : { action: 'quota', quota };
    }
    default:
      return undefined;
  }
}
