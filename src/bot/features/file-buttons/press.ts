import type { User } from 'grammy/types';
import type { Button } from '../../../domain/button.ts';
import type { Transcription } from '../../../domain/transcription.ts';
import type { BotContext, BotDependencies } from '../../context.ts';

/** What a press on a button under a status message works with. */
export type Press = {
  readonly ctx: BotContext & { from: User };
  readonly file: Transcription;
  /** The small word above the chat. */
  answer(key: string): void;
  /** What was wished for is safe in the database: the update counts as handled, and the word goes out. */
  committed(key: string): void;
};

/** What a press on a button of this kind does. */
export type PressHandler<Action extends Button['action']> = (
  dependencies: BotDependencies,
  press: Press,
  button: Button & { readonly action: Action },
) => void | Promise<void>;
