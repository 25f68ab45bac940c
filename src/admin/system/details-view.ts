import { html } from 'hono/html';
import type { FailureGroup } from '../../app/admin/figures.ts';
import type { Setting } from '../../app/admin/system-ports.ts';
import type { Html } from '../layout.ts';
import { formatAgo, formatAmount, type PageSettings, renderTable } from '../words.ts';

/** Renders the failures of the last seven days, the most frequent first. */
export function renderFailures(view: PageSettings, failures: readonly FailureGroup[]): Html {
  const { say, base } = view;
  return html`<h2>${say('admin-failures')}</h2>
${renderTable(
  say('admin-failures'),
  ['code', 'engine', 'count', 'last'].map((column) => say(`admin-failure-${column}`)),
  failures.map(
    ({ code, engine, count, last }) => html`<tr><td><code>${code}</code></td>
<td><a href="${base}/now?state=FAILED&amp;engine=${engine}">${engine.toUpperCase()}</a></td>
<td class="number">${formatAmount(view, count)}</td><td>${formatAgo(view, last)}</td></tr>`,
  ),
  say('admin-no-failures'),
)}`;
}

/** Renders the configuration of this process by the names of its variables; secrets are not shown. */
export function renderConfiguration({ say }: PageSettings, settings: readonly Setting[]): Html {
  const shown = ({ value, isSecret }: Setting) => {
    if (value === null) return say('admin-not-set');
    return isSecret ? say('admin-set') : value;
  };
  return html`<details><summary>${say('admin-configuration')}</summary>
${renderTable(
  say('admin-configuration'),
  [say('admin-setting-name'), say('admin-setting-value')],
  settings.map(
    (setting) => html`<tr><td><code>${setting.name}</code></td><td><bdi>${shown(setting)}</bdi></td></tr>`,
  ),
  '',
)}</details>`;
}
