import { createHash, randomInt } from 'node:crypto';
import path from 'node:path';
import type { User } from '@grammyjs/types';
import { Conversation } from './conversation.ts';
import type { Core } from './core.ts';
import { EventHub } from './events.ts';
import { FileStore } from './files/file-store.ts';
import type { Logger } from './logger.ts';
import { seedPeople } from './people/people.ts';
import { openJournal } from './state/journal.ts';
import { State } from './state/state.ts';
import { Tally } from './testing/counts.ts';
import { Queries } from './updates/queries.ts';
import { UpdateQueue } from './updates/queue.ts';
import { WebhookDelivery } from './updates/webhook.ts';

/** Reads the data folder and builds the parts on top of it. */
export async function openCore(options: {
  readonly dataDir: string;
  readonly token: string;
  readonly botUsername?: string;
  readonly isLocal?: boolean;
  readonly connectsToBusiness?: boolean;
  readonly logger?: Logger;
}): Promise<Core> {
  const state = new State(randomInt(100_000_000, 900_000_000));
  const { journal, repaired } = await openJournal(options.dataDir, state);
  if (repaired)
    options.logger?.warn({}, 'the journal of the playground had unreadable lines, which were left out');
  try {
    journal.record({ fact: 'next-update-id', updateId: state.nextUpdateId });
    seedPeople(state, journal);
    const files = await FileStore.open(path.join(options.dataDir, 'files'), state, journal);
    const events = new EventHub(Date.now());
    const updates = new UpdateQueue(state, journal);
    const tally = new Tally();
    const bot = botUser(options.token, options.botUsername ?? 'dabir_bot');
    return {
      bot,
      isLocal: options.isLocal ?? false,
      connectsToBusiness: options.connectsToBusiness ?? true,
      state,
      journal,
      files,
      events,
      updates,
      webhook: new WebhookDelivery(state, updates),
      callbacks: new Queries(),
      inlineQueries: new Queries(),
      conversation: new Conversation(state, journal, events, updates, bot, tally),
      tally,
    };
  } catch (error) {
    journal.close();
    throw error;
  }
}

/** The bot's id is the number before the colon of its token, as at Telegram. */
function botUser(token: string, username: string): User {
  const digits = /^(\d{1,15}):/.exec(token)?.[1];
  const id =
    digits === undefined ? createHash('sha256').update(token).digest().readUInt32BE(0) : Number(digits);
  return { id, is_bot: true, first_name: 'Dabir', username };
}
