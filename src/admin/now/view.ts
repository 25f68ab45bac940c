import { html } from 'hono/html';
import type { BulkAction, BulkChange } from '../../app/admin/bulk-ports.ts';
import type { FileFilter, FilePage, FileRow } from '../../app/admin/file-ports.ts';
import { clockTime } from '../../domain/clock-time.ts';
import { engineIds } from '../../domain/engine-names.ts';
import { numberFormat } from '../../domain/formats.ts';
import { isOpen, mediaKinds } from '../../domain/transcription.ts';
import { formatDateTime, isolate } from '../../texts/format.ts';
import { renderBulkNotice } from '../bulk-changes/view.ts';
import type { AdminVariables } from '../context.ts';
import type { Html } from '../layout.ts';
import { renderForeign } from '../words.ts';
import { filterStates, queryOf } from './filter.ts';

type View = AdminVariables & { readonly base: string; readonly timeZone: string };

/** Renders the page's content: the filter, the table, and links to older transcriptions. */
export function renderNow(
  view: View,
  filter: FileFilter,
  files: FilePage,
  isFirst: boolean,
  changes: readonly BulkChange[],
): Html {
  const { say, base } = view;
  const live = isFirst ? html` hx-sse:connect="${base}/now/live${queryOf(filter)}" hx-swap="innerMorph"` : '';
  return html`${renderBulkNotice(view, changes)}${filterForm(view, filter)}
<div class="table">
<table>
<thead><tr>${['number', 'user', 'what', 'length', 'engine', 'state', 'waited', 'cost', 'action'].map(
    (column) => html`<th scope="col">${say(`admin-column-${column}`)}</th>`,
  )}</tr></thead>
<tbody id="files" aria-live="off"${live}>${renderFileRows(view, files.rows)}</tbody>
</table>
</div>
<p class="pages">
${isFirst ? '' : html`<a href="${base}/now${queryOf(filter)}">${say('admin-newest')}</a>`}
${files.next === null ? '' : html`<a href="${base}/now${queryOf(filter, files.next)}" rel="next">${say('admin-older')}</a>`}
<a href="${base}/now/files.csv${queryOf(filter)}">${say('admin-csv')}</a>
${bulkLinks(view, filter)}
</p>`;
}

/** Renders links to the changes that apply to all transcriptions of a filter. */
function bulkLinks({ say, base }: View, filter: FileFilter): Html {
  const canRetry = filter.state === null || filter.state === 'FAILED';
  const canCancel = !['FAILED', 'COMPLETED', 'CANCELLED'].includes(filter.state ?? '');
  const link = (action: BulkAction) => {
    const query = queryOf(filter);
    return html`<a href="${base}/bulk-changes/new${query}${query === '' ? '?' : '&'}action=${action}">${say(`admin-bulk-${action}`)}</a>`;
  };
  return html`${canCancel ? link('cancel') : ''} ${canRetry ? link('retry') : ''}`;
}

/** Renders only the rows, for live updates. */
export function renderFileRows(view: View, rows: readonly FileRow[]): Html {
  if (rows.length === 0) return html`<tr><td colspan="9">${view.say('admin-no-files')}</td></tr>`;
  return html`${rows.map((row) => fileRow(view, row))}`;
}

/** Replaces all rows of a live list after the user was signed out. */
export function renderSignedOutRow({ say }: Pick<View, 'say'>): Html {
  return html`<tr><td colspan="9" role="alert">${say('admin-signed-out')}</td></tr>`;
}

function fileRow(view: View, row: FileRow): Html {
  const { say, base, language, session } = view;
  const hasNotEnded = isOpen(row.state);
  const action = hasNotEnded ? 'cancel' : row.state === 'FAILED' ? 'retry' : null;
  return html`<tr id="file-${row.id}" data-state="${row.state}">
<td><a href="${base}/now/${row.id}" title="${formatDateTime(language, row.createdAt, view.timeZone)}">${number(view, String(row.id))}</a></td>
<td>${renderForeign(row.userName)}</td>
<td>${say(`kind-${row.kind}`)}${row.fileName === null ? '' : html` <small>${renderForeign(shortened(row.fileName))}</small>`}</td>
<td class="number">${row.seconds === null ? '–' : number(view, clockTime(row.seconds))}</td>
<td>${row.engine === null ? '–' : row.engine.toUpperCase()}</td>
<td>${stateOf(view, row)}</td>
<td class="number" ${row.waits ? html`data-since="${row.createdAt.toISOString()}"` : ''}>${row.waitedSeconds === null ? '–' : number(view, clockTime(row.waitedSeconds))}</td>
<td class="number">${costOf(view, row)}</td>
<td>${
    action === null
      ? ''
      : html`<form method="post" action="${base}/now/${row.id}/${action}"><input type="hidden" name="form" value="${session.formKey}"><button class="small" aria-label="${say(`admin-${action}`)} ${row.id}">${say(`admin-${action}`)}</button></form>`
  }</td>
</tr>`;
}

/** Renders a state with its progress or the reason of its failure. */
export function stateOf({ say }: Pick<View, 'say'>, { state, stage, fraction, errorCode }: FileRow): Html {
  const name = say(`admin-state-${state}`);
  if (state === 'FAILED' && errorCode !== null)
    return html`<span class="state">${name}</span> <small>${errorCode}</small>`;
  if (state !== 'PROCESSING' || stage === null) return html`<span class="state">${name}</span>`;
  return html`<span class="state">${name}</span> <progress max="100" ${fraction === null ? '' : html`value="${Math.round(fraction * 100)}"`} aria-label="${stage}"></progress>`;
}

/** Formats a cost with three significant digits and its currency; a dash if unknown. */
export function costOf(
  { language }: Pick<View, 'language'>,
  { cost, currency }: Pick<FileRow, 'cost' | 'currency'>,
): string {
  if (cost === null || currency === null) return '–';
  const amount = numberFormat(language, { maximumSignificantDigits: 3 }).format(cost);
  return isolate(`${amount} ${currency}`);
}

/** Writes digits in the style of the page's language. */
function number({ language }: View, text: string): string {
  if (language !== 'fa') return text;
  return text.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= 40 ? name : `${letters.slice(0, 39).join('')}…`;
}

function filterForm({ say, base }: View, filter: FileFilter): Html {
  const choice = (
    name: string,
    values: readonly string[],
    chosen: string | null,
    label: (value: string) => string,
  ) =>
    html`<select name="${name}" aria-label="${say(`admin-filter-${name}`)}">
<option value="">${say(`admin-filter-${name}`)}</option>
${values.map((value) => html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${label(value)}</option>`)}
</select>`;
  return html`<form class="filter" method="get" action="${base}/now">
<input type="search" name="search" value="${filter.search}" placeholder="${say('admin-search')}" aria-label="${say('admin-search')}">
${choice('state', filterStates, filter.state, (state) => say(`admin-state-${state}`))}
${choice('engine', engineIds, filter.engine, (engine) => engine.toUpperCase())}
${choice('kind', mediaKinds, filter.kind, (kind) => say(`kind-${kind}`))}
<button>${say('admin-show')}</button>
</form>`;
}
