import { html } from 'hono/html';
import { type ChartPoint, type Span, spans } from '../../app/admin/system-ports.ts';
import type { Html } from '../layout.ts';
import { formatAmount, formatMoment, formatSeconds, type PageSettings, renderTable } from '../words.ts';

/** Columns of the table that have a chart each. */
const drawn = ['files', 'minutes', 'failures', 'wait'] as const;

/**
 * Renders charts of the past. A script draws them from the table below, which shows the same without a script.
 */
export function renderCharts(view: PageSettings, span: Span, points: readonly ChartPoint[]): Html {
  const { say, base, language } = view;
  const columns = ['at', ...drawn, 'longest'].map((column) => say(`admin-chart-${column}`));
  return html`<h2>${say('admin-charts')}</h2>
<p class="pages">${spans.map(
    (each) =>
      html`<a href="${base}/system?span=${each}" ${each === span ? html`aria-current="true"` : ''}>${say(`admin-span-${each}`)}</a>`,
  )}</p>
<div class="charts" data-language="${language}" data-time-zone="${view.timeZone}">${drawn.map(
    (name) =>
      html`<figure><figcaption>${say(`admin-chart-${name}`)}</figcaption><div class="chart" data-name="${name}" aria-hidden="true"></div></figure>`,
  )}</div>
<details><summary>${say('admin-as-table')}</summary>
<div id="points">${renderTable(
    say('admin-charts'),
    columns,
    points.map((point) => pointRow(view, point)),
    say('admin-nothing'),
  )}</div>
</details>`;
}

function pointRow(view: PageSettings, point: ChartPoint): Html {
  const wait = (value: number | null) => (value === null ? '–' : formatSeconds(view, value));
  return html`<tr data-at="${point.at.getTime() / 1000}" data-files="${point.files}" data-minutes="${point.minutes}" data-failures="${point.failures}" data-wait="${point.meanWaitSeconds ?? ''}">
<td>${formatMoment(view, point.at)}</td>
<td class="number">${formatAmount(view, point.files)}</td>
<td class="number">${formatAmount(view, point.minutes, 1)}</td>
<td class="number">${formatAmount(view, point.failures)}</td>
<td class="number">${wait(point.meanWaitSeconds)}</td>
<td class="number">${wait(point.maxWaitSeconds)}</td>
</tr>`;
}
