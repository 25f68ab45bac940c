import type { ChatMember } from '@grammyjs/types';
import type { Core } from '../core.ts';
import { badRequest } from '../methods/bot-api-error.ts';
import { userOf } from '../people/people.ts';
import type { BotStatus, Group } from '../state/group.ts';

/** Rights of an administrator: enough for Telegram's answer, nothing depends on them. */
const rights = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_manage_topics: false,
  can_pin_messages: true,
} as const;

/**
 * Returns a member of a group, or the bot (getChatMember).
 * @throws BotApiError for an unknown id
 */
export function memberOf(core: Core, group: Group, userId: number): ChatMember {
  if (userId === 0) throw badRequest('invalid user_id specified');
  if (userId === core.bot.id) return botMember(core, group.bot);
  const person = core.state.people.get(userId);
  if (person === undefined) throw badRequest('user not found');
  const user = userOf(person);
  switch (group.members[userId] ?? 'left') {
    case 'creator':
      return { status: 'creator', user, is_anonymous: false };
    case 'administrator':
      return { status: 'administrator', user, ...rights } as ChatMember;
    case 'member':
      return { status: 'member', user };
    case 'left':
      return { status: 'left', user };
  }
}

/** Returns the administrators of a group without other bots (getChatAdministrators). */
export function administratorsOf(core: Core, group: Group): ChatMember[] {
  const people = Object.entries(group.members).flatMap(([id, status]) =>
    status === 'creator' || status === 'administrator' ? [memberOf(core, group, Number(id))] : [],
  );
  return group.bot === 'administrator' ? [...people, botMember(core, group.bot)] : people;
}

/** Returns the bot as a member of that status. */
export function botMember(core: Core, status: BotStatus): ChatMember {
  const user = core.bot;
  switch (status) {
    case 'administrator':
      return { status, user, ...rights } as ChatMember;
    case 'muted':
      return { status: 'restricted', user, is_member: true, can_send_messages: false } as ChatMember;
    case 'kicked':
      return { status, user, until_date: 0 };
    case 'member':
    case 'left':
      return { status, user };
  }
}
