import { html } from 'hono/html';
import type { AuditEntry } from '../../app/admin/system-ports.ts';
import type { Html } from '../layout.ts';
import { formatMoment, type PageSettings, renderForeign, renderTable } from '../words.ts';

/** Renders the audit log: time, admin, action, subject and details. */
export function auditTable(view: PageSettings, entries: readonly AuditEntry[]): Html {
  const { say, base } = view;
  return renderTable(
    say('admin-page-audit'),
    ['at', 'actor', 'action', 'subject', 'details'].map((column) => say(`admin-audit-${column}`)),
    entries.map(
      ({ actorId, action, subject, details, at }) => html`<tr><td>${formatMoment(view, at)}</td>
<td><a href="${base}/users/${actorId}">${actorId}</a></td><td><code>${action}</code></td>
<td>${subject === null ? '–' : subjectOf(view, subject)}</td><td class="words">${renderForeign(inWords(details))}</td></tr>`,
    ),
    say('admin-nothing'),
  );
}

/** Returns a link if the subject is a transcription or a user's id. */
function subjectOf({ base }: PageSettings, subject: string): Html {
  const [, file] = /^file (\d+)$/.exec(subject) ?? [];
  if (file !== undefined) return html`<a href="${base}/now/${file}">${subject}</a>`;
  return /^\d+$/.test(subject)
    ? html`<a href="${base}/users/${subject}">${subject}</a>`
    : renderForeign(subject);
}

function inWords(details: AuditEntry['details']): string {
  const known = Object.entries(details).filter(([, value]) => value !== null && value !== '');
  return known.map(([name, value]) => `${name}: ${String(value)}`).join(', ');
}
