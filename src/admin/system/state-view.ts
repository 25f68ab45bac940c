import { html } from 'hono/html';
import type { ProcessRow, SystemState } from '../../app/admin/system-ports.ts';
import type { QueueDepth } from '../../app/ports/overview.ts';

import type { Html } from '../layout.ts';
import { formatAgo, formatAmount, formatBytes, type PageSettings, renderTable } from '../words.ts';

/** Renders the queue, the processes, and the services that they use. */
export function renderState(
  view: PageSettings,
  { version, depth, processes, database, tokens }: SystemState,
): Html {
  const { say } = view;
  const alive = processes.filter(({ isAlive }) => isAlive);
  const count = (role: string) => alive.filter((process) => process.role === role).length;
  return html`<dl class="facts">
${fact(say('admin-version'), version)}
${fact(say('admin-processes'), say('admin-process-count', { bots: count('bot'), workers: count('worker') }), count('worker') > 0)}
${
  database === null
    ? fact(say('admin-database'), say('admin-no-answer'), false)
    : fact(
        say('admin-database'),
        say('admin-database-state', {
          version: database.version,
          size: formatBytes(view, database.bytes),
          connections: formatAmount(view, database.connections),
          milliseconds: formatAmount(view, database.milliseconds, 1),
        }),
        true,
      )
}
${fact(say('admin-tokens'), `${tokens.name}: ${say(tokens.answers ? 'admin-answers' : 'admin-no-answer')}`, tokens.answers)}
</dl>
<h2>${say('admin-waiting')}</h2>
${depthTable(view, depth)}
<h2>${say('admin-processes')}</h2>
${renderTable(
  say('admin-processes'),
  ['name', 'role', 'version', 'state', 'started', 'disk', 'files'].map((column) =>
    say(`admin-process-${column}`),
  ),
  processes.map((process) => processRow(view, process)),
  say('admin-no-processes'),
)}`;
}

function fact(name: string, value: string, isWell?: boolean): Html {
  return html`<div ${isWell === undefined ? '' : html`data-well="${String(isWell)}"`}><dt>${name}</dt><dd>${value}</dd></div>`;
}

const kinds = ['local', 'remote', 'none'] as const;

function depthTable(view: PageSettings, depth: readonly QueueDepth[]): Html {
  const { say, base } = view;
  const states = ['CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING'] as const;
  return renderTable(
    say('admin-waiting'),
    [say('admin-column-state'), ...kinds.map((kind) => say(`admin-kind-${kind}`))],
    states.map(
      (state) =>
        html`<tr data-state="${state}"><td><a class="state" href="${base}/now?state=${state}">${say(`admin-state-${state}`)}</a></td>${kinds.map(
          (kind) =>
            html`<td class="number">${formatAmount(view, depth.find((one) => one.state === state && one.kind === kind)?.files ?? 0)}</td>`,
        )}</tr>`,
    ),
    '',
  );
}

function processRow(view: PageSettings, process: ProcessRow): Html {
  const { say, base } = view;
  return html`<tr id="process-${process.name}" data-well="${String(process.isAlive)}">
<td><code>${process.name}</code></td>
<td>${say(process.role === 'bot' ? 'admin-role-bot' : 'admin-role-worker')}</td>
<td><bdi>${process.version}</bdi></td>
<td>${say(process.isAlive ? 'admin-alive' : 'admin-silent')} <small>${formatAgo(view, process.seenAt)}</small></td>
<td>${formatAgo(view, process.startedAt)}</td>
<td class="number">${process.freeBytes === null ? '–' : formatBytes(view, process.freeBytes)}</td>
<td>${process.files.map((id) => html`<a href="${base}/now/${id}">${formatAmount(view, id)}</a> `)}</td>
</tr>`;
}
