import type { Core } from '../core.ts';
import { BotApiError, badRequest, migrated } from '../methods/bot-api-error.ts';
import type { Group } from '../state/group.ts';

/** A group in which the bot is. @throws BotApiError when it is not, or not any more, or the group has moved */
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

/** @throws BotApiError when the bot may not write there */
export function refuseSilenced(group: Group): void {
  if (group.bot === 'muted') throw badRequest('not enough rights to send text messages to the chat');
}

/**
 * The topic that a message of the bot goes to: the one that is named, else that of the message replied to.
 * @throws BotApiError for one that there is not, or that is closed to all but administrators
 */
export function topicFor(group: Group, named: number, replied: number | undefined): number | undefined {
  const id = named === 0 ? replied : named;
  if (id === undefined) return undefined;
  const topic = group.topics.find((known) => known.id === id);
  if (topic === undefined || topic.state === 'deleted') throw badRequest('message thread not found');
  if (topic.state === 'closed' && group.bot !== 'administrator') throw badRequest('TOPIC_CLOSED');
  return id;
}
