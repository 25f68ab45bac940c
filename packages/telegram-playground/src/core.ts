import type { User } from '@grammyjs/types';
import type { Conversation } from './conversation.ts';
import type { EventHub } from './events.ts';
import type { FileStore } from './files/file-store.ts';
import type { Parameters } from './methods/parameters.ts';
import type { Journal } from './state/journal.ts';
import type { State } from './state/state.ts';
import type { CallbackAnswer, InlineAnswer } from './updates/answers.ts';
import type { Queries } from './updates/queries.ts';
import type { UpdateQueue } from './updates/queue.ts';
import type { WebhookDelivery } from './updates/webhook.ts';

/** The parts that the Bot API's methods and the people's routes work on. */
export interface Core {
  readonly bot: User;
  /** As a Bot API server in --local mode: files of any size, named by where they are on this machine. */
  readonly isLocal: boolean;
  readonly state: State;
  readonly journal: Journal;
  readonly files: FileStore;
  readonly events: EventHub;
  readonly updates: UpdateQueue;
  readonly webhook: WebhookDelivery;
  readonly callbacks: Queries<CallbackAnswer>;
  readonly inlineQueries: Queries<InlineAnswer>;
  readonly conversation: Conversation;
}

/** What a method gives back: `result` of the reply, and the sentence some replies carry beside it. */
export interface MethodResult {
  readonly result: unknown;
  readonly description?: string;
}

/** One method of the Bot API. Throws a BotApiError to refuse. */
export type Method = (core: Core, parameters: Parameters) => MethodResult | Promise<MethodResult>;
