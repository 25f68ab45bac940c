import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import { type GlossaryEntry, maxEntries } from '../../../domain/glossary.ts';
import { isolate } from '../../../texts/format.ts';

/** Callback data of the glossary's buttons: a page number from 0, or an entry's id. */
export const glossaryPress = /^glossary:(page|entry|edit|remove):(0|[1-9]\d{0,14})$/;
export const glossaryAdd = 'glossary:add';
export const glossaryCancel = 'glossary:cancel';

/** Number of entries on a page, one for each row of buttons. */
export const entriesPerPage = 8;

/** Maximum number of replaced spellings shown for an entry. */
const maxForms = 3;

/** A message with its buttons. */
export type GlossaryView = { readonly text: string; readonly keyboard: InlineKeyboardMarkup };

/** Returns a page of a user's glossary; the last one when the page no longer exists. */
export function renderGlossaryList(
  ctx: BotContext,
  entries: readonly GlossaryEntry[],
  wanted: number,
): GlossaryView {
  const last = Math.max(0, Math.ceil(entries.length / entriesPerPage) - 1);
  const page = Math.min(wanted, last);
  const shown = entries.slice(page * entriesPerPage, (page + 1) * entriesPerPage);
  const renderPageButton = (to: number, text: string) =>
    to < 0 || to > last ? [] : [button(text, `page:${to}`)];
  const add = button(ctx.say('glossary-button-add'), 'add');
  return {
    text: ctx.say(entries.length === 0 ? 'glossary-empty' : 'glossary-title', {
      entries: entries.length,
      max: maxEntries,
    }),
    keyboard: {
      inline_keyboard: [
        ...shown.map((entry) => [
          button(ctx.say('glossary-line', { line: lineOf(entry) }), `entry:${entry.id}`),
        ]),
        [...renderPageButton(page - 1, '‹'), add, ...renderPageButton(page + 1, '›')],
      ],
    },
  };
}

function lineOf({ spelling, misspellings }: GlossaryEntry): string {
  const forms = misspellings.slice(0, maxForms).map(isolate);
  if (misspellings.length > maxForms) forms.push('…');
  return forms.length === 0 ? isolate(spelling) : `${isolate(spelling)} · ${forms.join(' · ')}`;
}

/** Returns one entry with the buttons to change it. */
export function renderGlossaryEntry(
  ctx: BotContext,
  { id, spelling, misspellings }: GlossaryEntry,
): GlossaryView {
  const lines = [ctx.say('glossary-entry', { spelling: isolate(spelling) })];
  if (misspellings.length > 0)
    lines.push(ctx.say('glossary-misspellings', { forms: misspellings.map(isolate).join(' · ') }));
  return {
    text: lines.join('\n'),
    keyboard: {
      inline_keyboard: [
        [
          button(ctx.say('glossary-button-edit'), `edit:${id}`),
          button(ctx.say('glossary-button-remove'), `remove:${id}`),
        ],
        [button(ctx.say('glossary-button-back'), 'page:0')],
      ],
    },
  };
}

/** Returns the cancel button under a question. */
export function renderCancelKeyboard(ctx: BotContext): InlineKeyboardMarkup {
  return { inline_keyboard: [[{ text: ctx.say('glossary-button-cancel'), callback_data: glossaryCancel }]] };
}

function button(text: string, data: string): InlineKeyboardButton {
  return { text, callback_data: `glossary:${data}` };
}
