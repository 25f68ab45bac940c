import type { Core } from '../core.ts';
import { BotApiError, badRequest, migrated } from '../methods/bot-api-error.ts';
import type { Group } from '../state/group.ts';

/**
 * Returns a group in which the bot is.
 * @throws BotApiError when the bot is not, or no longer, in it, or the group has migrated
 */
export function groupFor(core: Core, id: number): Group | undefined {
  const group = core.state.groups.get(id);
  if (group === undefined) return undefined;
  if (group.migratedTo !== null) throw migrated(group.migratedTo);
  if (group.bot === 'kicked')
    throw new BotApiError(403, `Forbidden: bot was kicked from the ${group.type} chat`);
  if (group.bot === 'left')
    throw new BotApiError(403, `Forbidden: bot is not a member of the ${group.type} chat`);
  return group;
}

/**
 * Refuses a call that writes into a group where the bot is muted.
 * @throws BotApiError when the bot may not write there
 */
export function refuseSilenced(group: Group): void {
  if (group.bot === 'muted') throw badRequest('not enough rights to send text messages to the chat');
}

/**
 * Returns the topic for a message of the bot: the named one, else that of the message replied to.
 * @throws BotApiError for a missing topic, or for one that is closed to all but administrators
 */
export function topicFor(group: Group, named: number, replied: number | undefined): number | undefined {
  const id = named === 0 ? replied : named;
  if (id === undefined) return undefined;
  const topic = group.topics.find((known) => known.id === id);
  if (topic === undefined || topic.state === 'deleted') throw badRequest('message thread not found');
  if (topic.state === 'closed' && group.bot !== 'administrator') throw badRequest('TOPIC_CLOSED');
  return id;
}
