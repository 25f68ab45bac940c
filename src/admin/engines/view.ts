import { html } from 'hono/html';
import type { EngineFigures } from '../../app/admin/figures.ts';
import type { DayCosts, EngineDetails, EngineTest, Score } from '../../app/admin/system-ports.ts';
import type { EnginePause } from '../../app/ports/pauses.ts';
import { withoutBidiControls } from '../../domain/bidi-controls.ts';
import type { EngineReadiness } from '../../domain/engine.ts';
import { type EngineId, engineNames } from '../../domain/engine-names.ts';
import { languageName } from '../../texts/format.ts';
import type { Html } from '../layout.ts';
import {
  formatAgo,
  formatAmount,
  formatDay,
  formatSeconds,
  formatShare,
  type PageSettings,
  renderForeign,
  renderForm,
  renderTable,
} from '../words.ts';

/** Renders every known engine with the readiness that workers report and the results of its jobs. */
export function renderEngines(
  view: PageSettings,
  engines: readonly EngineDetails[],
  judged: readonly EngineFigures[],
  pauses: readonly EnginePause[],
): Html {
  const { say } = view;
  return renderTable(
    say('admin-page-engines'),
    ['engine', 'state', 'success', 'realTimeFactor', 'credit', 'test', 'pause'].map((column) =>
      say(`admin-engine-${column}`),
    ),
    engines.map((details) => {
      const success = judged.find(({ engine }) => engine === details.engine)?.success ?? null;
      const pause = pauses.find(({ engine }) => engine === details.engine) ?? null;
      return engineRow(view, details, success, pause);
    }),
    '',
  );
}

function engineRow(
  view: PageSettings,
  { engine, reports, realTimeFactor, test }: EngineDetails,
  success: number | null,
  pause: EnginePause | null,
): Html {
  const { say, language } = view;
  const credits = [...new Set(reports.flatMap(({ credit }) => credit ?? []))];
  return html`<tr id="engine-${engine}">
<th scope="row">${engineNames[engine][language]}</th>
<td class="words">${reports.length === 0 ? say('admin-engine-nobody') : reports.map((report) => readinessOf(view, report))}</td>
<td class="number">${success === null ? '–' : formatShare(view, success)}</td>
<td class="number">${realTimeFactor === null ? '–' : html`${formatSeconds(view, realTimeFactor.p50)} · ${formatSeconds(view, realTimeFactor.p95)}`}</td>
<td>${credits.length === 0 ? '–' : renderForeign(credits.join(', '))}</td>
<td class="words">${test === null ? '' : testOf(view, test)}
${
  reports.length === 0 || test?.state === 'waiting' || test?.state === 'running'
    ? ''
    : renderForm(
        view,
        `engines/${engine}/test`,
        html`<button class="small" aria-label="${say('admin-engine-try')} ${engine}">${say('admin-engine-try')}</button>`,
      )
}</td>
<td class="words">${pauseOf(view, engine, pause)}</td>
</tr>`;
}

/** Renders the pause of an engine with the button to end it; without a pause, the button to pause it. */
function pauseOf(view: PageSettings, engine: EngineId, pause: EnginePause | null): Html {
  const { say, base } = view;
  const action = pause === null ? 'pause' : 'resume';
  const button = renderForm(
    view,
    `engines/${engine}/${action}`,
    html`<button class="small" aria-label="${say(`admin-engine-${action}`)} ${engine}">${say(`admin-engine-${action}`)}</button>`,
  );
  if (pause === null) return button;
  return html`<div data-readiness="paused"><span class="state">${say('admin-readiness-paused')}</span>
<small>${formatAgo(view, pause.since)} · <a href="${base}/users/${pause.by}">${pause.by}</a></small></div>${button}`;
}

/** Renders the readiness of an engine on one worker. */
function readinessOf(view: PageSettings, { worker, readiness }: EngineDetails['reports'][number]): Html {
  const { say } = view;
  const { state } = readiness;
  const fraction =
    state === 'preparing' && readiness.fraction !== null ? formatShare(view, readiness.fraction) : '';
  return html`<div data-readiness="${state}"><span class="state">${say(`admin-readiness-${state}`)} ${fraction}</span>
<small>${state === 'unavailable' ? unavailability(view, readiness) : ''} <code>${worker}</code></small></div>`;
}

/** Renders the cause in the admin's language, and the technical text of the worker as it is. */
function unavailability(
  { say }: PageSettings,
  { cause, reason }: EngineReadiness & { state: 'unavailable' },
): Html {
  return html`${say(`engine-unavailable-${cause}`)} ${technical(reason)}`;
}

/** Renders the technical text of a worker or a service, which is in English. */
function technical(text: string): Html {
  return html`<code lang="en" dir="ltr">${withoutBidiControls(text)}</code>`;
}

function testOf(view: PageSettings, { state, askedAt, seconds: took, text, error }: EngineTest): Html {
  return html`<div data-test="${state}"><span class="state">${view.say(`admin-test-${state}`)}</span>
<small>${formatAgo(view, askedAt)}${took === null ? '' : html` · ${formatSeconds(view, took)}`}</small>
${text === null && error === null ? '' : html`<br><small>${text === null ? technical(error ?? '') : renderForeign(text)}</small>`}</div>`;
}

/** Renders the costs of each engine by day. */
export function renderCosts(view: PageSettings, costs: readonly DayCosts[]): Html {
  const { say } = view;
  return html`<h2>${say('admin-costs')}</h2>
${renderTable(
  say('admin-costs'),
  [say('admin-cost-day'), say('admin-engine-engine'), say('admin-column-cost')],
  costs.map(
    (entry) => html`<tr><td>${formatDay(view, entry.day)}</td><td>${entry.engine.toUpperCase()}</td>
<td class="number">${entry.costs.map((cost) => say(`price-${cost.currency}`, { amount: formatAmount(view, cost.amount, 3) })).join(' + ')}</td></tr>`,
  ),
  say('admin-nothing'),
)}`;
}

/** Renders users' ratings by language: the share of thumbs up. */
export function renderScores(view: PageSettings, scores: readonly Score[]): Html {
  const { say, language } = view;
  return html`<h2>${say('admin-scores')}</h2>
${renderTable(
  say('admin-scores'),
  [say('admin-column-language'), say('admin-engine-engine'), '👍', say('admin-score-all')],
  scores.map(
    (score) => html`<tr><td>${score.language === null ? '–' : languageName(language, score.language)}</td>
<td>${score.engine.toUpperCase()}</td><td class="number">${formatShare(view, score.good / score.all)}</td>
<td class="number">${formatAmount(view, score.all)}</td></tr>`,
  ),
  say('admin-no-scores'),
)}`;
}
