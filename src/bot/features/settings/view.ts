import type { InlineKeyboardButton } from 'grammy/types';
import type { DocumentChoice } from '../../../domain/document-choice.ts';
import type { EngineId } from '../../../domain/engine-names.ts';
import type { TextLanguage } from '../../../domain/languages.ts';
import type { TextVariables } from '../../../texts/texts.ts';

/** Whoever looks at a page: how they are spoken to. */
export type Reader = {
  say(key: string, variables?: TextVariables): string;
  readonly languageCode: string | null;
};

/** What the pages show: what somebody has chosen. */
export type Chosen = {
  readonly documents: DocumentChoice;
  /** Null: asked each time. */
  readonly engine: EngineId | null;
  /** In which Dabir speaks to them; null: as Telegram says. */
  readonly language: TextLanguage | null;
  /** Of their recordings; null: to be found out. */
  readonly speech: string | null;
};

/** A page of the menu. */
export type Page = { readonly text: string; readonly rows: readonly (readonly InlineKeyboardButton[])[] };

/** The button to a page or a change. */
export function button(text: string, data: string): InlineKeyboardButton {
  return { text, callback_data: `settings:${data}` };
}

/** One of several, of which one is taken. */
export function option(text: string, isTaken: boolean, data: string): InlineKeyboardButton {
  return button(isTaken ? `✓ ${text}` : text, data);
}

/** The way back to the first page. */
export function back({ say }: Reader): InlineKeyboardButton[] {
  return [button(say('settings-back'), 'main')];
}
