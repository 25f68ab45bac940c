import { Composer } from 'grammy';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { noticeMembership } from './membership.ts';
import { isOwnCorrection } from './own-correction.ts';
import { keepOthersOff } from './presses.ts';
import { pointToPrivateChat } from './private-commands.ts';
import { pressSettings, settingsPress, showSettings } from './settings.ts';

/**
 * The bot in a group, where it answers only when it is addressed. Group messages end here, so that
 * no other feature shows a user's transcriptions to others; only corrections of a user's own
 * transcript pass.
 */
export const groupsFeature: Feature = {
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
