import type { User } from 'grammy/types';
import type { Button } from '../domain/button.ts';
import type { Transcription } from '../domain/transcription.ts';
import type { BotContext, BotDependencies } from './context.ts';

/** A press on a button under a status message. */
export type Press = {
  readonly ctx: BotContext & { from: User };
  readonly file: Transcription;
  /** Answers the press with a short text above the chat. */
  answer(key: string): void;
  /**
   * Reports that the change is safe in the database, so that the update counts as handled, and
   * answers the press.
   */
  committed(key: string): void;
};

/** What the buttons under a status message take. */
export type FileButtonDependencies = Pick<
  BotDependencies,
  | 'lanes'
  | 'tokens'
  | 'reports'
  | 'repeats'
  | 'replies'
  | 'deliveries'
  | 'sent'
  | 'corrections'
  | 'settings'
  | 'history'
  | 'feedback'
  | 'texts'
  | 'timeZone'
  | 'meter'
  | 'log'
>;

/**
 * Handles a press on one kind of button.
 * @typeParam D the dependencies that it takes
 */
export type PressHandler<Action extends Button['action'], D = FileButtonDependencies> = (
  dependencies: D,
  press: Press,
  button: Button & { readonly action: Action },
) => void | Promise<void>;
