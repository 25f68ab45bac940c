import { html } from 'hono/html';
import type { AdminVariables } from '../../../admin/context.ts';
import type { Html } from '../../../admin/layout.ts';
import { renderForeign } from '../../../admin/words.ts';
import type { Account } from '../../../domain/account.ts';
import type { DefaultQuota } from '../../../domain/quota.ts';
import { effectiveQuota } from '../../../domain/quota.ts';
import { formatDateTime } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { Consumption } from '../store/accounts.ts';
import type { UserPage, UserRow } from '../store/user-list.ts';
import { usageLines } from '../usage-lines.ts';
import { limitText, quotaNames } from './quota-form.ts';

type View = AdminVariables & { readonly base: string; readonly timeZone: string };

/** Renders the list of users, the last active first. */
export function renderUsers({ say, base, ...view }: View, search: string, { rows, next }: UserPage): Html {
  const more = new URLSearchParams({
    ...(search !== '' && { search }),
    ...(next !== null && { seen: next.seenAt, id: String(next.id) }),
  });
  return html`<form class="filter" method="get" action="${base}/users">
<input type="search" name="search" value="${search}" placeholder="${say('admin-search-users')}" aria-label="${say('admin-search-users')}">
<button>${say('admin-show')}</button>
</form>
<div class="table">
<table>
<thead><tr>${['user', 'number', 'seen', 'open', 'standing'].map((name) => html`<th scope="col">${say(`admin-column-${name}`)}</th>`)}</tr></thead>
<tbody>${
    rows.length === 0
      ? html`<tr><td colspan="5">${say('admin-nobody')}</td></tr>`
      : rows.map((row) => userRow({ say, base, ...view }, row))
  }</tbody>
</table>
</div>
${next === null ? '' : html`<p><a href="${base}/users?${more}" rel="next">${say('admin-older')}</a></p>`}`;
}

function userRow({ say, base, language, timeZone }: View, row: UserRow): Html {
  const standing = [row.isAdmin ? 'admin' : null, row.isBlocked ? 'blocked' : null].filter(
    (one) => one !== null,
  );
  return html`<tr>
<td><a href="${base}/users/${row.id}">${renderForeign(row.name)}</a>${row.username === null ? '' : html` <small>${renderForeign(`@${row.username}`)}</small>`}</td>
<td class="number">${row.id}</td>
<td>${formatDateTime(language, row.seenAt, timeZone)}</td>
<td class="number">${row.open === 0 ? '–' : html`<a href="${base}/now?search=${row.id}">${row.open}</a>`}</td>
<td>${standing.map((one) => say(`admin-is-${one}`)).join(' · ')}</td>
</tr>`;
}

/** Renders one user: data, usage and possible actions, without transcripts. */
export function renderUser(
  view: View,
  texts: Texts,
  {
    account,
    used,
    usual,
    mayBeAdmitted,
    mayChangeRole,
  }: {
    readonly account: Account;
    readonly used: Consumption;
    readonly usual: DefaultQuota;
    readonly mayBeAdmitted: boolean;
    readonly mayChangeRole: boolean;
  },
): Html {
  const { say, base, language, timeZone } = view;
  const when = (moment: Date | null) => (moment === null ? null : formatDateTime(language, moment, timeZone));
  const facts: readonly (readonly [string, string | number | null])[] = [
    ['number', account.id],
    ['username', account.username === null ? null : `@${account.username}`],
    ['language', account.languageCode],
    ['since', when(account.createdAt)],
    ['seen', when(account.lastSeenAt)],
    ['blocked', when(account.blockedAt)],
    ['role', say(`admin-role-${account.role}`)],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) =>
    value === null
      ? ''
      : html`<div><dt>${say(`admin-column-${name}`)}</dt><dd>${renderForeign(value)}</dd></div>`,
  )}</dl>
<section><h2>${say('admin-usage')}</h2><ul>${usageLines(
    texts,
    language,
    used,
    effectiveQuota(account.quota, usual),
  ).map((line) => html`<li>${line}</li>`)}</ul>
<p><a href="${base}/now?search=${account.id}">${say('admin-their-files')}</a></p></section>
<section><h2>${say('admin-quota')}</h2>
<form class="quota" method="post" action="${base}/users/${account.id}/quota">${formKey(view)}
${quotaNames.map(
  (name) =>
    html`<label>${say(`admin-quota-${name}`)}<input name="${name}" value="${limitText(account.quota[name])}" placeholder="${usual[name] ?? '∞'}" inputmode="numeric"></label>`,
)}
<p><small>${say('admin-quota-how')}</small></p>
<button>${say('admin-save')}</button></form></section>
<div class="actions">
${account.blockedAt === null ? sureButton(view, account, 'block') : button(view, account, 'unblock')}
${mayBeAdmitted ? button(view, account, 'admit') : ''}
${
  mayChangeRole
    ? account.role === 'ADMIN'
      ? button(view, account, 'demote')
      : sureButton(view, account, 'promote')
    : ''
}
</div>
<p><a href="${base}/users">${say('admin-back')}</a></p>`;
}

/** Renders a button with a confirmation, for changes that have consequences. */
function sureButton(view: View, account: Account, action: 'block' | 'promote'): Html {
  const { say } = view;
  return html`<details><summary>${say(`admin-${action}`)}</summary><p>${say(`admin-${action}-sure`)}</p>${button(view, account, action)}</details>`;
}

function button(view: View, { id }: Account, action: string): Html {
  return html`<form method="post" action="${view.base}/users/${id}/${action}">${formKey(view)}<button>${view.say(`admin-${action}`)}</button></form>`;
}

function formKey({ session }: View): Html {
  return html`<input type="hidden" name="form" value="${session.formKey}">`;
}
