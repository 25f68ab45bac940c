import { html } from 'hono/html';
import type { ProcessRow, SystemState } from '../../app/admin/operations.ts';
import type { QueueDepth } from '../../app/ports/operations.ts';

import type { Html } from '../layout.ts';
import { ago, amount, bytes, type PageSettings, table } from '../words.ts';

/** Renders the queue, the processes, and the services that they use. */
export function stateView(
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
          size: bytes(view, database.bytes),
          connections: amount(view, database.connections),
          milliseconds: amount(view, database.milliseconds, 1),
        }),
        true,
      )
}
${fact(say('admin-tokens'), `${tokens.name}: ${say(tokens.answers ? 'admin-answers' : 'admin-no-answer')}`, tokens.answers)}
</dl>
<h2>${say('admin-waiting')}</h2>
${depthTable(view, depth)}
<h2>${say('admin-processes')}</h2>
${table(
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
  return table(
    say('admin-waiting'),
    [say('admin-column-state'), ...kinds.map((kind) => say(`admin-kind-${kind}`))],
    states.map(
      (state) =>
        html`<tr data-state="${state}"><td><a class="state" href="${base}/now?state=${state}">${say(`admin-state-${state}`)}</a></td>${kinds.map(
          (kind) =>
            html`<td class="number">${amount(view, depth.find((one) => one.state === state && one.kind === kind)?.files ?? 0)}</td>`,
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
<td>${say(process.isAlive ? 'admin-alive' : 'admin-silent')} <small>${ago(view, process.seenAt)}</small></td>
<td>${ago(view, process.startedAt)}</td>
<td class="number">${process.freeBytes === null ? '–' : bytes(view, process.freeBytes)}</td>
<td>${process.files.map((id) => html`<a href="${base}/now/${id}">${amount(view, id)}</a> `)}</td>
</tr>`;
}
