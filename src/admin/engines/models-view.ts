import { html } from 'hono/html';
import type { EngineDetails } from '../../app/admin/system-ports.ts';
import { withoutBidiControls } from '../../domain/bidi-controls.ts';
import type { EngineModel } from '../../domain/engine-model.ts';
import { languageName } from '../../texts/format.ts';
import type { Html } from '../layout.ts';
import {
  formatBytes,
  formatShare,
  type PageSettings,
  renderForeign,
  renderForm,
  renderTable,
} from '../words.ts';

/** Renders the models on each worker's machine; nothing while no worker reports any. */
export function renderModels(view: PageSettings, engines: readonly EngineDetails[]): Html {
  const { say } = view;
  const workers = engines.flatMap(({ reports }) => reports.filter(({ models }) => models.length > 0));
  if (workers.length === 0) return html``;
  const columns = ['name', 'languages', 'size', 'accuracy', 'licence', 'state', 'change'] as const;
  return html`<h2>${say('admin-models')}</h2>
${workers.map(
  ({ worker, models }) => html`<p><code>${worker}</code></p>
${renderTable(
  say('admin-models'),
  columns.map((column) => say(`admin-model-${column}`)),
  models.map((model) => modelRow(view, model, isBusy(models))),
  '',
)}`,
)}
<p>${say('admin-models-install')}</p>
<p>${say('admin-models-terms')}</p>`;
}

function isBusy(models: readonly EngineModel[]): boolean {
  return models.some(({ change }) => change?.kind === 'installing' || change?.kind === 'removing');
}

function modelRow(view: PageSettings, model: EngineModel, isBusy: boolean): Html {
  const { say, language } = view;
  const { name, languages, bytes, accuracy, licence, state, isPinnedByDownload } = model;
  return html`<tr id="model-${name}">
<th scope="row">${renderForeign(name)}</th>
<td>${languages === 'any' ? say('admin-model-any') : languages.map((code) => languageName(language, code)).join(', ')}</td>
<td class="number">${bytes === null ? '–' : formatBytes(view, bytes)}</td>
<td class="words">${
    accuracy === null
      ? say('admin-model-unknown')
      : html`${formatShare(view, accuracy.wordErrorPercent / 100)} · ${languageName(language, accuracy.language)}
<small><code lang="en" dir="ltr">${accuracy.on}; ${accuracy.source}</code></small>`
  }</td>
<td>${renderForeign(licence)}</td>
<td class="words" data-model="${state}">${say(`admin-model-state-${state}`)}${changeOf(view, model)}${
    isPinnedByDownload ? html`<br><small>${say('admin-model-pinned')}</small>` : ''
  }</td>
<td class="words">${isBusy ? '' : formOf(view, model)}</td>
</tr>`;
}

/** Renders what is happening to a model, or why that failed. */
function changeOf(view: PageSettings, { change }: EngineModel): Html | string {
  if (change === undefined) return '';
  const { say } = view;
  const share =
    change.kind === 'installing' && change.fraction !== null ? formatShare(view, change.fraction) : '';
  const reason =
    'reason' in change
      ? html`<br><small><code lang="en" dir="ltr">${withoutBidiControls(change.reason)}</code></small>`
      : '';
  return html`<div data-change="${change.kind}"><strong>${say(`admin-model-change-${change.kind}`)} ${share}</strong>${reason}</div>`;
}

/** Renders the button that installs a model, with a tick for unclear terms, or the one that removes it. */
function formOf(view: PageSettings, model: EngineModel): Html | string {
  const { say } = view;
  const { name, state, mustBeAgreed, isDownloadable, change, languages } = model;
  if (!isDownloadable || state === 'forbidden') return '';
  const isThere = state === 'used' || state === 'installed';
  const isWaiting = change?.kind === 'waiting';
  const remove = renderForm(
    view,
    `engines/models/${encodeURIComponent(name)}/remove`,
    html`<button class="small" aria-label="${say('admin-model-remove')} ${name}">${say(isWaiting ? 'admin-model-cancel' : 'admin-model-remove')}</button>`,
  );
  // Whisper's model in use is chosen by LOCAL_MODEL.
  if (isThere) return state === 'used' && languages === 'any' ? '' : remove;
  // The table is read again every few seconds, which would clear a tick in it.
  const install = mustBeAgreed
    ? html`<a href="${view.base}/engines/models/${encodeURIComponent(name)}/terms">${say('admin-model-install')}…</a>`
    : renderInstallForm(view, name, '');
  return isWaiting ? html`${install}${remove}` : install;
}

/** Renders the page on which an admin agrees to unclear terms of a model and installs it. */
export function renderTerms(view: PageSettings, { name, licence }: EngineModel): Html {
  const { say } = view;
  const tick = html`<label><input type="checkbox" name="agreed" value="yes" required> ${say('admin-model-agree')}</label>`;
  return html`<p>${say('admin-models-terms')}</p>
<p>${say('admin-model-licence')}: ${renderForeign(licence)}</p>
${renderInstallForm(view, name, tick)}
<p><a href="${view.base}/engines#models">${say('admin-model-back')}</a></p>`;
}

function renderInstallForm(view: PageSettings, name: string, tick: Html | string): Html {
  const text = view.say('admin-model-install');
  return renderForm(
    view,
    `engines/models/${encodeURIComponent(name)}/install`,
    html`${tick}<button class="small" aria-label="${text} ${name}">${text}</button>`,
  );
}
