import { html } from 'hono/html';
import type { FileStory, Unsent } from '../../app/admin/file-ports.ts';
import { clockTime } from '../../domain/clock-time.ts';
import { writeDigits } from '../../domain/persian/digits.ts';
import type { Html } from '../layout.ts';
import {
  formatAmount,
  formatPreciseMoment,
  formatSeconds,
  type PageSettings,
  renderForeign,
  renderTable,
} from '../words.ts';

/**
 * Renders the history of a transcription: states with workers and errors, the messages of its answer, times and
 * costs.
 */
export function renderStory(view: PageSettings, story: FileStory): Html {
  const { say } = view;
  return html`${story.delivery === null ? '' : html`<p role="alert">${renderUnsent(view, story.delivery)}</p>`}
<h2>${say('admin-history')}</h2>
${historyTable(view, story)}
<h2>${say('admin-messages')}</h2>
${renderTable(
  say('admin-messages'),
  ['kind', 'part', 'sent'].map((column) => say(`admin-message-${column}`)),
  story.messages.map(
    ({
      kind,
      part,
      sentAt,
    }) => html`<tr data-well="${String(sentAt !== null)}"><td>${renderForeign(kind)}</td>
<td class="number">${formatAmount(view, part + 1)}</td>
<td>${sentAt === null ? say('admin-unsent') : formatPreciseMoment(view, sentAt)}</td></tr>`,
  ),
  say('admin-nothing'),
)}
${story.usage === null ? '' : usageView(view, story.usage)}`;
}

/** Renders each state with its start and duration, the worker of a job, and its error. */
function historyTable(view: PageSettings, { changes }: FileStory): Html {
  const { say } = view;
  let attempt = 0;
  return renderTable(
    say('admin-history'),
    ['at', 'state', 'lasted', 'worker', 'error'].map((column) => say(`admin-history-${column}`)),
    changes.map(({ at, to, holder }, index) => {
      const next = changes[index + 1];
      // The error is stored with the change that ended the job.
      const errorCode = next?.errorCode ?? null;
      if (to === 'PROCESSING') attempt += 1;
      const name = say(`admin-state-${to}`);
      return html`<tr data-state="${to}"><td>${formatPreciseMoment(view, at)}</td>
<td><span class="state">${name}</span>${to === 'PROCESSING' ? html` <small>${say('admin-history-attempt', { number: attempt })}</small>` : ''}</td>
<td class="number">${next === undefined ? '–' : lasted(view, at, next.at)}</td>
<td>${holder === null || to !== 'PROCESSING' ? '–' : html`<code>${holder}</code>`}</td>
<td>${errorCode === null ? '–' : html`<code>${errorCode}</code>`}</td></tr>`;
    }),
    say('admin-nothing'),
  );
}

/** Formats a duration: seconds below a minute, else a clock time. */
function lasted(view: PageSettings, from: Date, until: Date): string {
  const passed = Math.max(0, (until.getTime() - from.getTime()) / 1000);
  if (passed < 60) return formatSeconds(view, passed);
  return writeDigits(clockTime(passed), view.language === 'fa' ? 'persian' : 'latin');
}

/** Describes an unsent answer: since when, why, and the time of the next attempt. */
export function renderUnsent(view: PageSettings, { since, attempts, nextAt, error }: Unsent): Html {
  const { say } = view;
  const when =
    nextAt === null
      ? say('admin-given-up')
      : say('admin-next-try', { at: formatPreciseMoment(view, nextAt) });
  return html`${say('admin-answer-unsent', {
    since: since === null ? '–' : formatPreciseMoment(view, since),
    attempts,
  })} ${when}${error === null ? '' : html` <small>${renderForeign(error)}</small>`}`;
}

function usageView(view: PageSettings, usage: NonNullable<FileStory['usage']>): Html {
  const { say } = view;
  const facts = [
    ['download', usage.downloadMs],
    ['decode', usage.decodeMs],
    ['transcribe', usage.transcribeMs],
  ] as const;
  return html`<h2>${say('admin-took')}</h2>
<dl class="facts"><div><dt>${say('admin-took-audio')}</dt><dd>${formatSeconds(view, usage.audioSeconds)}</dd></div>
${facts.map(([name, ms]) => html`<div><dt>${say(`admin-took-${name}`)}</dt><dd>${formatSeconds(view, ms / 1000)}</dd></div>`)}
${
  usage.cost === null || usage.currency === null
    ? ''
    : html`<div><dt>${say('admin-column-cost')}</dt><dd>${say(`price-${usage.currency}`, { amount: formatAmount(view, usage.cost, 4) })}</dd></div>`
}</dl>`;
}
