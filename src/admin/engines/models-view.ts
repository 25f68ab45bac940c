import { html } from 'hono/html';
import type { EngineDetails } from '../../app/admin/system-ports.ts';
import type { EngineModel } from '../../domain/engine-model.ts';
import { languageName } from '../../texts/format.ts';
import type { Html } from '../layout.ts';
import { formatBytes, formatShare, type PageSettings, renderForeign, renderTable } from '../words.ts';

/** The command that installs a model; MODEL stands for its name. */
const installCommand = 'npm run local:install -- MODEL [--agree]';

/** Renders the models on each worker's machine; nothing while no worker reports any. */
export function renderModels(view: PageSettings, engines: readonly EngineDetails[]): Html {
  const { say } = view;
  const workers = engines.flatMap(({ reports }) => reports.filter(({ models }) => models.length > 0));
  if (workers.length === 0) return html``;
  // The command is no text of a language, so the sentence is cut at its place.
  const [before = '', after = ''] = say('admin-models-install', { command: '\u0000' }).split('\u0000');
  return html`<h2>${say('admin-models')}</h2>
${workers.map(
  ({ worker, models }) => html`<p><code>${worker}</code></p>
${renderTable(
  say('admin-models'),
  ['name', 'languages', 'size', 'accuracy', 'licence', 'state'].map((column) => say(`admin-model-${column}`)),
  models.map((model) => modelRow(view, model)),
  '',
)}`,
)}
<p>${before}<code dir="ltr">${installCommand}</code>${after}</p>
<p>${say('admin-models-terms')}</p>`;
}

function modelRow(view: PageSettings, model: EngineModel): Html {
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
<td class="words" data-model="${state}">${say(`admin-model-state-${state}`)}${
    isPinnedByDownload ? html`<br><small>${say('admin-model-pinned')}</small>` : ''
  }</td>
</tr>`;
}
