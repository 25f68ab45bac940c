import type { Chat, User } from '@grammyjs/types';
import type { Group } from '../state/group.ts';

/** Senders of messages that no person sends under their own name (Message, `sender_chat`). */
export const standIns = {
  /** An administrator who hides behind the group. */
  anonymous: { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' },
  /** A person who writes as their channel. */
  channel: { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' },
  /** Telegram itself, which forwards the posts of the linked channel into its discussion group. */
  automatic: { id: 777_000, is_bot: false, first_name: 'Telegram' },
} as const satisfies Record<string, User>;

/** The channel as which people write, and whose posts come into the group. */
export const channelChat: Chat.ChannelChat = {
  id: -1_009_000_000_001,
  type: 'channel',
  title: 'رادیو دبیر',
  username: 'radio_dabir',
};

/** Another bot, which sends files. */
export const otherBot: User = { id: 900_000_001, is_bot: true, first_name: 'Echo', username: 'echo_bot' };

/** Returns the group as a chat. */
export function groupChat(group: Group): Chat.GroupChat | Chat.SupergroupChat {
  const { id, title } = group;
  if (group.type === 'group') return { id, type: 'group', title };
  return { id, type: 'supergroup', title, ...(group.isForum && { is_forum: true as const }) };
}

/** Returns the next free id; supergroups' begin with -100. */
export function nextGroupId(groups: Iterable<Group>, type: Group['type']): number {
  const first = type === 'group' ? -4_000_000_000 : -1_001_000_000_000;
  const same = [...groups].filter((group) => group.type === type);
  return Math.min(first, ...same.map(({ id }) => id)) - 1;
}
