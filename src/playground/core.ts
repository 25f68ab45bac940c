import type { User } from '@grammyjs/types';
import type { CallbackQueries } from './callbacks.ts';
import type { Conversation } from './conversation.ts';
import type { EventHub } from './events.ts';
import type { FileStore } from './file-store.ts';
import type { Journal } from './journal.ts';
import type { Parameters } from './parameters.ts';
import type { State } from './state.ts';
import type { UpdateQueue } from './updates.ts';
import type { WebhookDelivery } from './webhook.ts';

/** The parts that the Bot API's methods and the people's routes work on. */
export interface Core {
  readonly bot: User;
  readonly state: State;
  readonly journal: Journal;
  readonly files: FileStore;
  readonly events: EventHub;
  readonly updates: UpdateQueue;
  readonly webhook: WebhookDelivery;
  readonly callbacks: CallbackQueries;
  readonly conversation: Conversation;
}

/** What a method gives back: `result` of the reply, and the sentence some replies carry beside it. */
export interface MethodResult {
  readonly result: unknown;
  readonly description?: string;
}

/** One method of the Bot API. Throws a BotApiError to refuse. */
export type Method = (core: Core, parameters: Parameters) => MethodResult | Promise<MethodResult>;
