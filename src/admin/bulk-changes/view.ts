import { html } from 'hono/html';
import { isBeforeStart, undoMs } from '../../app/admin/bulk-change.ts';
import type { BulkAction, BulkChange } from '../../app/admin/bulk-ports.ts';
import type { FileFilter } from '../../app/admin/file-ports.ts';
import { isolate } from '../../texts/format.ts';
import type { Html } from '../layout.ts';
import { queryOf } from '../now/filter.ts';
import { formatAmount, type PageSettings, renderForm } from '../words.ts';

/** Renders the confirmation with the number of transcriptions. */
export function renderBulkQuestion(
  view: PageSettings,
  action: BulkAction,
  filter: FileFilter,
  { count, isMore }: { readonly count: number; readonly isMore: boolean },
): Html {
  const { say, base } = view;
  const back = html`<p><a href="${base}/now${queryOf(filter)}">${say('admin-back')}</a></p>`;
  if (count === 0) return html`<p>${say('admin-bulk-nothing')}</p>${back}`;
  const seconds = Math.round(undoMs / 1000);
  return html`<p>${filterText(view, filter)}</p>
<p><strong>${say(`admin-bulk-${action}-sure`, { files: count, more: isMore ? 'yes' : 'no' })}</strong></p>
<p>${say('admin-bulk-how', { seconds })}</p>
<div class="actions">${renderForm(
    view,
    `bulk-changes${queryOf(filter)}${queryOf(filter) === '' ? '?' : '&'}action=${action}`,
    html`<button>${say(`admin-bulk-${action}-now`, { files: count })}</button>`,
  )}</div>${back}`;
}

/** Renders the progress of a change with its undo button. */
export function renderBulkChange(view: PageSettings, change: BulkChange): Html {
  const { say } = view;
  const { action, state, expected, done, skipped, startsAt, id } = change;
  const isWaiting = isBeforeStart(change, new Date());
  const seconds = Math.max(1, Math.ceil((startsAt.getTime() - Date.now()) / 1000));
  const name = state === 'OPEN' ? (isWaiting ? 'waiting' : 'running') : state.toLowerCase();
  return html`<p>${filterText(view, change.filter)}</p>
<p data-change="${name}"><span class="state">${say(`admin-bulk-${name}`, { seconds })}</span></p>
<p>${say(`admin-bulk-${action}-done`, { files: done })}${skipped === 0 ? '' : html` ${say('admin-bulk-skipped', { files: skipped })}`}</p>
<progress max="${Math.max(1, expected)}" value="${Math.min(Math.max(1, expected), done + skipped)}" aria-label="${say(`admin-bulk-${action}`)}"></progress>
${
  state === 'OPEN'
    ? renderForm(
        view,
        `bulk-changes/${id}/undo`,
        html`<button>${say(isWaiting ? 'admin-bulk-undo' : 'admin-bulk-stop')}</button>`,
      )
    : ''
}`;
}

/** Renders a notice above the list of transcriptions for each change in progress, with a link to it. */
export function renderBulkNotice({ say, base, ...view }: PageSettings, changes: readonly BulkChange[]): Html {
  return html`${changes.map(
    ({ id, action, expected }) =>
      html`<p role="status"><a href="${base}/bulk-changes/${id}">${say(`admin-bulk-${action}`)} (${formatAmount(view, expected)})</a></p>`,
  )}`;
}

/** Describes a filter in words. */
function filterText({ say }: PageSettings, { state, engine, kind, search }: FileFilter): string {
  const words = [
    ...(state === null ? [] : [say(`admin-state-${state}`)]),
    ...(engine === null ? [] : [engine.toUpperCase()]),
    ...(kind === null ? [] : [say(`kind-${kind}`)]),
    ...(search === '' ? [] : [isolate(search)]),
  ];
  return words.length === 0
    ? say('admin-bulk-no-filter')
    : say('admin-bulk-filter', { filter: words.join(' · ') });
}
