import type { InlineQueryResultArticle, InlineQueryResultsButton } from '@grammyjs/types';
import type { MessageContent } from '../conversation.ts';

/** The bot's answer to a pressed button. */
export interface CallbackAnswer {
  readonly text?: string;
  readonly show_alert?: boolean;
  readonly url?: string;
}

/** The bot's answer to an inline query: articles, the only supported kind. */
export interface InlineAnswer {
  readonly results: readonly InlineResult[];
  readonly is_personal: boolean;
  /** Seconds. */
  readonly cache_time: number;
  readonly next_offset: string;
  readonly button?: InlineQueryResultsButton;
}

/** A result, and the message that it becomes when it is chosen. */
export type InlineResult = Pick<InlineQueryResultArticle, 'type' | 'id' | 'title'> & {
  readonly description?: string;
  readonly message: MessageContent;
};
