import { html } from 'hono/html';
import type { UnsentAnswer } from '../../app/admin/file-ports.ts';
import type { Html } from '../layout.ts';
import {
  formatAgo,
  formatAmount,
  formatMoment,
  type PageSettings,
  renderForeign,
  renderForm,
  renderTable,
} from '../words.ts';

/** Renders the unsent answers, the oldest first, then those that were given up. */
export function renderAnswers(view: PageSettings, answers: readonly UnsentAnswer[]): Html {
  const { say } = view;
  return renderTable(
    say('admin-unsent-answers'),
    ['file', 'user', 'since', 'attempts', 'next', 'error', 'action'].map((column) =>
      say(`admin-answer-${column}`),
    ),
    answers.map((answer) => answerRow(view, answer)),
    say('admin-no-unsent'),
  );
}

function answerRow(
  view: PageSettings,
  { id, userId, userName, since, attempts, nextAt, error }: UnsentAnswer,
): Html {
  const { say, base } = view;
  return html`<tr id="answer-${id}">
<td><a href="${base}/now/${id}">${formatAmount(view, id)}</a></td>
<td><a href="${base}/users/${userId}">${renderForeign(userName)}</a></td>
<td>${since === null ? '–' : formatAgo(view, since)}</td>
<td class="number">${formatAmount(view, attempts)}</td>
<td>${nextAt === null ? say('admin-given-up') : formatMoment(view, nextAt)}</td>
<td class="words">${error === null ? '–' : renderForeign(error)}</td>
<td>${renderForm(
    view,
    `answers/${id}/retry`,
    html`<button class="small" aria-label="${say('admin-answer-retry')} ${id}">${say('admin-answer-retry')}</button>`,
  )}</td>
</tr>`;
}
