import type { User } from '@grammyjs/types';
import type { Conversation } from './conversation.ts';
import type { EventHub } from './events.ts';
import type { FileStore } from './files/file-store.ts';
import type { Parameters } from './methods/parameters.ts';
import type { Journal } from './state/journal.ts';
import type { State } from './state/state.ts';
import type { Tally } from './testing/counts.ts';
import type { CallbackAnswer, InlineAnswer } from './updates/answers.ts';
import type { Queries } from './updates/queries.ts';
import type { UpdateQueue } from './updates/queue.ts';
import type { WebhookDelivery } from './updates/webhook.ts';

/** The parts that the Bot API's methods and the people's routes work on. */
export interface Core {
  readonly bot: User;
  /**
   * Whether it acts as a Bot API server in --local mode: files of any size, named by their paths on this
   * machine.
   */
  readonly isLocal: boolean;
  /** Whether people can connect the bot to their accounts (User, `can_connect_to_business`). */
  readonly connectsToBusiness: boolean;
  readonly state: State;
  readonly journal: Journal;
  readonly files: FileStore;
  readonly events: EventHub;
  readonly updates: UpdateQueue;
  readonly webhook: WebhookDelivery;
  readonly callbacks: Queries<CallbackAnswer>;
  readonly inlineQueries: Queries<InlineAnswer>;
  readonly conversation: Conversation;
  readonly tally: Tally;
}

/** The result of a method: `result` of the reply, and the description that some replies carry beside it. */
export interface MethodResult {
  readonly result: unknown;
  readonly description?: string;
}

/**
 * One method of the Bot API.
 * @throws BotApiError to refuse
 */
export type Method = (core: Core, parameters: Parameters) => MethodResult | Promise<MethodResult>;
