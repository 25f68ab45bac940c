import { html } from 'hono/html';
import type { SessionRow } from '../../app/admin/file-ports.ts';
import type { Html } from '../layout.ts';
import {
  formatAgo,
  formatMoment,
  type PageSettings,
  renderForeign,
  renderForm,
  renderTable,
} from '../words.ts';

/** Renders every session with a button to close it, and a button for all sessions of the user. */
export function renderSessions(view: PageSettings, sessions: readonly SessionRow[]): Html {
  const { say, session } = view;
  return html`${renderTable(
    say('admin-page-sessions'),
    ['who', 'since', 'seen', 'address', 'end'].map((column) => say(`admin-session-${column}`)),
    sessions.map((row) => sessionRow(view, row)),
    say('admin-nothing'),
  )}
<div class="actions">${renderForm(
    view,
    'leave',
    html`<input type="hidden" name="everywhere" value="yes"><button>${say('admin-leave-everywhere', {
      sessions: sessions.filter(({ userId }) => userId === session.userId).length,
    })}</button>`,
  )}</div>`;
}

function sessionRow(view: PageSettings, { id, userId, userName, since, seenAt, address }: SessionRow): Html {
  const { say, base, session } = view;
  const isThis = id === session.id;
  return html`<tr id="session-${id}">
<td><a href="${base}/users/${userId}">${renderForeign(userName)}</a></td>
<td>${formatMoment(view, since)}</td>
<td>${formatAgo(view, seenAt)}</td>
<td>${address === null ? '–' : html`<code>${address}</code>`}</td>
<td>${
    isThis
      ? say('admin-session-this')
      : renderForm(
          view,
          `sessions/${id}/close`,
          html`<button class="small" aria-label="${say('admin-leave')} ${id}">${say('admin-leave')}</button>`,
        )
  }</td>
</tr>`;
}
