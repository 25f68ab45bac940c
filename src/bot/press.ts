import type { User } from 'grammy/types';
import type { Transcription } from '../domain/transcription.ts';
import type { BotContext } from './context.ts';

/** What a press on a button under a status message works with. */
export type Press = {
  readonly ctx: BotContext & { from: User };
  readonly file: Transcription;
  /** The small word above the chat. */
  answer(key: string): void;
  /** What was wished for is safe in the database: the update counts as handled, and the word goes out. */
  committed(key: string): void;
};
