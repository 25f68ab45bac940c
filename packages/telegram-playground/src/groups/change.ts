import { unixTime } from '../conversation.ts';
import type { Core } from '../core.ts';
import { userOf } from '../people/people.ts';
import type { BotStatus, Group, MemberStatus, Topic } from '../state/group.ts';
import type { Person } from '../state/state.ts';
import { groupChat, nextGroupId } from './groups.ts';
import { botMember } from './members.ts';
import { isIn, postService } from './post.ts';

/** Creates a group without the bot. */
export function foundGroup(
  core: Core,
  creator: Person,
  about: Pick<Group, 'type' | 'title' | 'isForum'> & { readonly members: readonly Person[] },
): Group {
  const { members, ...rest } = about;
  const group: Group = {
    ...rest,
    id: nextGroupId(core.state.groups.values(), about.type),
    members: { ...Object.fromEntries(members.map(({ id }) => [id, 'member'])), [creator.id]: 'creator' },
    bot: 'left',
    topics: [],
    migratedTo: null,
  };
  return keep(core, group);
}

/**
 * Changes the bot's status in a group, as a person does by adding or removing it; the bot gets an update
 * (my_chat_member).
 */
export function setBotStatus(core: Core, group: Group, by: Person, status: BotStatus): Group {
  const changed = keep(core, { ...group, bot: status });
  if (!isIn(group) && isIn(changed)) postService(core, changed, userOf(by), { new_chat_members: [core.bot] });
  core.updates.add(group.id, {
    my_chat_member: {
      chat: groupChat(group),
      from: userOf(by),
      date: unixTime(),
      old_chat_member: botMember(core, group.bot),
      new_chat_member: botMember(core, status),
    },
  });
  return changed;
}

/** Takes the bot out of a group by its own call (leaveChat). */
export function leave(core: Core, group: Group): void {
  keep(core, { ...group, bot: 'left' });
}

/** Opens a topic; its id is that of the message that announces it. */
export function openTopic(core: Core, group: Group, by: Person, name: string): Topic {
  const id = core.state.chat(group.id).lastMessageId + 1;
  const content = {
    message_thread_id: id,
    is_topic_message: true,
    forum_topic_created: { name, icon_color: 7_322_096 as const },
  };
  postService(core, group, userOf(by), content);
  const topic: Topic = { id, name, state: 'open' };
  keep(core, { ...group, topics: [...group.topics, topic] });
  return topic;
}

/** Closes a topic, or deletes it with all its messages. */
export function setTopicState(core: Core, group: Group, topicId: number, state: Topic['state']): void {
  const topics = group.topics.map((topic) => (topic.id === topicId ? { ...topic, state } : topic));
  keep(core, { ...group, topics });
  if (state !== 'deleted') return;
  for (const { message } of [...core.state.chat(group.id).messages.values()]) {
    if (message.message_thread_id === topicId) core.conversation.delete(group.id, message.message_id);
  }
}

/** Turns a group into a supergroup: it gets a new id, and its old messages stay under the old one. */
export function migrate(core: Core, group: Group): Group {
  const [by] = Object.keys(group.members).map((id) => core.state.people.get(Number(id)));
  if (by === undefined) throw new Error('the group has no members');
  const id = nextGroupId(core.state.groups.values(), 'supergroup');
  const supergroup = keep(core, { ...group, id, type: 'supergroup' });
  postService(core, group, userOf(by), { migrate_to_chat_id: id });
  keep(core, { ...group, migratedTo: id });
  postService(core, supergroup, userOf(by), { migrate_from_chat_id: group.id });
  return supergroup;
}

/** Changes a person's status in a group. */
export function setMember(core: Core, group: Group, person: Person, status: MemberStatus): Group {
  return keep(core, { ...group, members: { ...group.members, [person.id]: status } });
}

function keep(core: Core, group: Group): Group {
  core.journal.record({ fact: 'group', group });
  core.events.send(null, 'group', { ...core.conversation.summary(group.id), ...group });
  return group;
}
