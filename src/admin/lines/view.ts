import { html } from 'hono/html';
import type { LogLine } from '../../app/admin/log-lines.ts';
import type { Html } from '../layout.ts';
import {
  formatAmount,
  formatPreciseMoment,
  type PageSettings,
  renderForeign,
  renderTable,
} from '../words.ts';

/** Renders log lines as a table with links to their transcriptions. */
export function renderLogLines(view: PageSettings, lines: readonly LogLine[]): Html {
  const { say, base } = view;
  return renderTable(
    say('admin-lines'),
    ['at', 'level', 'process', 'file', 'message'].map((column) => say(`admin-line-${column}`)),
    lines.map(
      ({ at, level, process, transcription, message, details }) => html`<tr data-level="${level}">
<td>${formatPreciseMoment(view, at)}</td>
<td><span class="state">${say(`admin-level-${levelName(level)}`)}</span></td>
<td><code>${process}</code></td>
<td>${transcription === null ? '–' : html`<a href="${base}/now/${transcription}">${formatAmount(view, transcription)}</a>`}</td>
<td class="words" dir="ltr">${renderForeign(message)} <small>${renderForeign(details)}</small></td></tr>`,
    ),
    say('admin-nothing'),
  );
}

function levelName(level: number): 'info' | 'warning' | 'error' {
  if (level >= 50) return 'error';
  return level >= 40 ? 'warning' : 'info';
}
