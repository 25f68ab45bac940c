import { Composer } from 'grammy';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { noticeMembership } from './membership.ts';
import { isOwnCorrection } from './own-correction.ts';
import { keepOthersOff } from './presses.ts';
import { pointToPrivateChat } from './private-commands.ts';
import { pressSettings, settingsPress, showSettings } from './settings.ts';

/**
 * The bot in a group: quiet, except where it is spoken to. What is said there ends here, so that no other feature lists
 * anybody's files before others; but for the correction of one's own transcript.
 */
export const groupsFeature: Feature = {
  commands: { group: ['settings', 'help'] },
  install(dependencies) {
    const composer = new Composer<BotContext>();
    // Also of a person who stops the bot: that is no sign of life.
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
