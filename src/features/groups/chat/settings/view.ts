import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { type BotContext, languageOf } from '../../../../bot/context.ts';
import { documentFormats, formatName } from '../../../../domain/document.ts';
import { engineNames } from '../../../../domain/engine-names.ts';
import { type TextLanguage, textLanguage } from '../../../../domain/languages.ts';
import type { EngineOffer } from '../../../../domain/status.ts';
import { inRows } from '../../../../lib/in-rows.ts';
import { isolate, languageName } from '../../../../texts/format.ts';
import type { GroupSettings } from '../../store.ts';

/** Languages with a button; any other is detected by the engine. */
const languages = ['fa', 'en', 'ar', 'ku', 'az', 'tr'];
const perRow = 3;
const formatsPerRow = 4;

export const groupPages = ['main', 'engine', 'formats', 'language'] as const;
export type GroupPage = (typeof groupPages)[number];

/** A page of a group's settings. */
export type SettingsView = { readonly text: string; readonly reply_markup: InlineKeyboardMarkup };

/**
 * Returns the main page: a button for each setting of the group.
 * @param payer name of the admin whose quota automatic mode charges; null when it is off
 * @param isBlind true when the bot receives only messages that are addressed to it
 */
export function renderGroupMainPage(
  ctx: BotContext,
  settings: GroupSettings,
  payer: string | null,
  isBlind: boolean,
): SettingsView {
  const { automaticBy, engine, formats, speechLanguage } = settings;
  const isOn = automaticBy !== null;
  const names = formats.map(formatName).join(' · ');
  const language = speechLanguage === null ? ctx.say('language-auto') : nameOfLanguage(ctx, speechLanguage);
  const rows = [
    button(ctx.say('groups-automatic', { value: isOn ? 'on' : 'off' }), `automatic:${isOn ? 'off' : 'on'}`),
    button(
      ctx.say('groups-engine', {
        engine: engine === null ? ctx.say('groups-engine-own') : engineNames[engine][lettersOf(ctx)],
      }),
      'engine',
    ),
    button(ctx.say('groups-formats', { formats: names, count: formats.length }), 'formats'),
    button(ctx.say('groups-language', { language }), 'language'),
    button(ctx.say('groups-close'), 'close'),
  ].map((one) => [one]);
  const pays = payer === null ? [] : ['', ctx.say('groups-payer', { name: isolate(payer) })];
  const text = [
    ctx.say('groups-settings'),
    ...pays,
    ...(isOn && isBlind ? ['', ctx.say('groups-blind')] : []),
  ];
  return { text: text.join('\n'), reply_markup: { inline_keyboard: rows } };
}

export function renderGroupEnginePage(
  ctx: BotContext,
  { engine }: GroupSettings,
  offers: readonly EngineOffer[],
): SettingsView {
  const rows = offers.map(({ id, name }) => [
    button(marked(name[lettersOf(ctx)], id === engine), `engine:${id}`),
  ]);
  const own = button(marked(ctx.say('groups-engine-own'), engine === null), 'engine:own');
  return page(ctx, 'groups-engine-page', [[own], ...rows]);
}

export function renderGroupFormatsPage(ctx: BotContext, { formats }: GroupSettings): SettingsView {
  const buttons = documentFormats.map((format) => {
    const isAttached = formats.includes(format);
    return button(marked(formatName(format), isAttached), `${format}:${isAttached ? 'off' : 'on'}`);
  });
  return page(ctx, 'groups-formats-page', inRows(buttons, formatsPerRow));
}

export function renderGroupLanguagePage(ctx: BotContext, { speechLanguage }: GroupSettings): SettingsView {
  const buttons = languages.map((code) =>
    button(marked(nameOfLanguage(ctx, code), code === speechLanguage), `language:${code}`),
  );
  const auto = button(marked(ctx.say('language-auto'), speechLanguage === null), 'language:auto');
  return page(ctx, 'groups-language-page', [[auto], ...inRows(buttons, perRow)]);
}

function page(ctx: BotContext, key: string, rows: InlineKeyboardButton[][]): SettingsView {
  const back = button(ctx.say('settings-back'), 'main');
  return { text: ctx.say(key), reply_markup: { inline_keyboard: [...rows, [back]] } };
}

function button(text: string, data: string): InlineKeyboardButton {
  return { text, callback_data: `groups:${data}` };
}

function marked(name: string, isChosen: boolean): string {
  return isChosen ? `✓ ${name}` : name;
}

function nameOfLanguage(ctx: BotContext, code: string): string {
  return languageName(languageOf(ctx), code);
}

function lettersOf(ctx: BotContext): TextLanguage {
  return textLanguage(languageOf(ctx));
}
