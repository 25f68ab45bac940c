import type { InlineKeyboardButton } from 'grammy/types';
import type { DocumentChoice } from '../../../domain/document-choice.ts';
import type { EngineId } from '../../../domain/engine-names.ts';
import type { TextLanguage } from '../../../domain/languages.ts';
import type { TextVariables } from '../../../texts/texts.ts';

/** The user who reads a page. */
export type SettingsReader = {
  say(key: string, variables?: TextVariables): string;
  readonly languageCode: string | null;
};

/** The user's choices, which the pages show. */
export type Chosen = {
  readonly documents: DocumentChoice;
  /** The default engine; null when the picker asks each time. */
  readonly engine: EngineId | null;
  /** The language in which Dabir addresses the user; null for Telegram's. */
  readonly language: TextLanguage | null;
  /** True when one document is offered for uploads that arrive together. */
  readonly offersBundles: boolean;
  /** The language spoken in uploads; null when engines detect it. */
  readonly speech: string | null;
};

/** A page of the menu. */
export type SettingsPage = {
  readonly text: string;
  readonly rows: readonly (readonly InlineKeyboardButton[])[];
};

/** Returns a button that opens a page or makes a change. */
export function renderButton(text: string, data: string): InlineKeyboardButton {
  return { text, callback_data: `settings:${data}` };
}

/** Returns the button of one option among several, with a mark on the chosen one. */
export function renderOption(text: string, isTaken: boolean, data: string): InlineKeyboardButton {
  return renderButton(isTaken ? `✓ ${text}` : text, data);
}

/** Returns the button back to the first page. */
export function renderBackButton({ say }: SettingsReader): InlineKeyboardButton[] {
  return [renderButton(say('settings-back'), 'main')];
}
