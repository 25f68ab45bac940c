import { html } from 'hono/html';
import type { FileStory } from '../../app/admin/file-ports.ts';
import type { EngineOffer } from '../../domain/status.ts';
import { isOpen, type Transcription } from '../../domain/transcription.ts';
import { formatDateTime } from '../../texts/format.ts';
import type { AdminVariables } from '../context.ts';
import type { Html } from '../layout.ts';
import { renderForeign } from '../words.ts';
import { renderStory } from './story-view.ts';

type View = AdminVariables & { readonly base: string; readonly timeZone: string };

/** Renders one transcription: its data and the possible actions, without its transcript. */
export function renderFile(
  view: View,
  file: Transcription,
  story: FileStory,
  offers: readonly EngineOffer[],
  mayRead: boolean,
): Html {
  const { say, language, timeZone } = view;
  const facts: readonly (readonly [string, string | number | null])[] = [
    ['what', say(`kind-${file.kind}`)],
    ['name', file.fileName],
    ['sent', formatDateTime(language, file.sentAt, timeZone)],
    ['size', file.fileSize],
    ['length', file.announcedSeconds],
    ['language', file.language],
    ['engine', file.engine?.toUpperCase() ?? null],
    ['state', say(`admin-state-${file.state}`)],
    ['attempts', file.attempts],
    ['before', story.before],
    ['error', story.error === null ? null : errorText(story.error)],
  ];
  return html`<dl class="facts"><div><dt>${say('admin-column-user')}</dt><dd><a href="${view.base}/users/${file.userId}">${file.userId}</a></dd></div>
${facts.map(([name, value]) =>
  value === null
    ? ''
    : html`<div><dt>${say(`admin-column-${name}`)}</dt><dd>${renderForeign(value)}</dd></div>`,
)}</dl>
<div class="actions">${actionsFor(view, file, offers)}</div>
${mayRead && file.state === 'COMPLETED' ? html`<p><a href="${view.base}/now/${file.id}/text">${say('admin-read')}</a></p>` : ''}
${renderStory(view, story)}`;
}

/** Returns the error code as it is in the log and the docs, with its details (numbers and short words). */
function errorText({ code, details }: NonNullable<FileStory['error']>): string {
  const words = Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`);
  return [code, ...words].join(' · ');
}

function actionsFor(view: View, file: Transcription, offers: readonly EngineOffer[]): Html {
  const { say, language } = view;
  const hasNotEnded = isOpen(file.state);
  return html`${hasNotEnded ? button(view, file, 'cancel') : ''}
${file.state === 'FAILED' ? button(view, file, 'retry') : ''}
${
  file.state === 'FAILED' || file.state === 'CHOOSING'
    ? html`<form method="post" action="${view.base}/now/${file.id}/engine">${formKey(view)}
<select name="engine" aria-label="${say('admin-filter-engine')}">${offers.map(
        (offer) => html`<option value="${offer.id}">${offer.name[language]}</option>`,
      )}</select>
<button>${say('admin-engine')}</button></form>`
    : ''
}
<details><summary>${say('admin-delete')}</summary><p>${say('admin-delete-sure')}</p>${button(view, file, 'delete')}</details>`;
}

function button(view: View, { id }: Transcription, action: 'cancel' | 'retry' | 'delete'): Html {
  return html`<form method="post" action="${view.base}/now/${id}/${action}">${formKey(view)}<button>${view.say(`admin-${action}`)}</button></form>`;
}

function formKey({ session }: View): Html {
  return html`<input type="hidden" name="form" value="${session.formKey}">`;
}

/** Renders the transcript, for admins who are allowed to read it. */
export function renderTranscript(
  { say, base }: View,
  { id }: Transcription,
  paragraphs: readonly string[],
): Html {
  return html`<p role="note">${say('admin-read-kept')}</p>
${paragraphs.map((paragraph) => html`<p dir="auto">${paragraph}</p>`)}
<p><a href="${base}/now/${id}">${say('admin-back')}</a></p>`;
}
