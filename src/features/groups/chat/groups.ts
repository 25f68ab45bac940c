import { Composer } from 'grammy';
import type { ChatMemberUpdated, Message } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { chatOf } from '../../../bot/upload.ts';
import { readCorrections } from '../../corrections/index.ts';
import { type LeaveGroupDependencies, leaveGroup } from '../leave-group.ts';
import { keepOthersOff } from './presses.ts';
import { pointToPrivateChat } from './private-commands.ts';
import {
  type GroupSettingsDependencies,
  pressSettings,
  settingsPress,
  showSettings,
} from './settings/settings.ts';

export type GroupsDependencies = GroupSettingsDependencies & LeaveGroupDependencies;

/**
 * The bot in a group, where it answers only when it is addressed. Group messages end here, so that
 * no other feature shows a user's transcriptions to others; only corrections of a user's own
 * transcript pass.
 */
export const groupsFeature: Feature<GroupsDependencies> = {
  commands: { group: ['settings', 'help'] },
  install(dependencies) {
    const composer = new Composer<BotContext>();
    // Also sent when a user blocks the bot in private, which must not update the account.
    composer.on('my_chat_member', (ctx) => noticeMembership(dependencies, ctx, ctx.myChatMember));
    const group = composer.chatType(['group', 'supergroup']);
    group.on('message:migrate_to_chat_id', (ctx) =>
      dependencies.groups.move(ctx.chat.id, ctx.message.migrate_to_chat_id),
    );
    group.on('message:migrate_from_chat_id', (ctx) =>
      dependencies.groups.move(ctx.message.migrate_from_chat_id, ctx.chat.id),
    );
    group.command('settings', (ctx) => showSettings(dependencies, ctx));
    group.on('message', async (ctx, next) => {
      if (await isOwnCorrection(dependencies, ctx.message)) return next();
      await pointToPrivateChat(ctx, ctx.message, dependencies.menus);
    });
    group.callbackQuery(settingsPress, (ctx) =>
      pressSettings(dependencies, ctx, settingsPress.exec(ctx.callbackQuery.data) ?? []),
    );
    group.on('callback_query:data', (ctx, next) => keepOthersOff(dependencies, ctx, next));
    return composer;
  },
};

/** Handles the bot's arrival in a group, where it introduces itself, and its removal. */
async function noticeMembership(
  dependencies: LeaveGroupDependencies,
  ctx: BotContext,
  { chat, old_chat_member: before, new_chat_member: now }: ChatMemberUpdated,
): Promise<void> {
  if (chat.type === 'private' || chat.type === 'channel' || isIn(before) === isIn(now)) return;
  if (isIn(now)) await ctx.reply(ctx.say('groups-hello'));
  else await leaveGroup(dependencies, chatOf(chat));
}

function isIn(member: ChatMemberUpdated['new_chat_member']): boolean {
  if (member.status === 'restricted') return member.is_member;
  return member.status !== 'left' && member.status !== 'kicked';
}

/** Returns true for `wrong → right` as a reply to a transcript of the message's own author. */
async function isOwnCorrection(
  { groups }: GroupsDependencies,
  { text, from, chat, reply_to_message: replied }: Message,
): Promise<boolean> {
  if (text === undefined || replied === undefined || readCorrections(text) === null) return false;
  return (await groups.ownerOf(chat.id, replied.message_id)) === from?.id;
}
