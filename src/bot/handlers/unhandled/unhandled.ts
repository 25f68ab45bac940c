import { Composer } from 'grammy';
import type { Message } from 'grammy/types';
import { isolate } from '../../../texts/format.ts';
import { firstOfAlbums } from '../../albums.ts';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';

/**
 * Fields of a message that a user sent. A message with none of them is Telegram's, such as one about a pinned message.
 */
const sentByUser = [
  'text',
  'photo',
  'sticker',
  'contact',
  'location',
  'venue',
  'poll',
  'dice',
  'game',
  'story',
  'paid_media',
  'document',
  'checklist',
] as const satisfies readonly (keyof Message)[];

/** Answers messages and presses that no other feature recognised. Must come last. */
export const unhandledFeature: Feature<unknown> = {
  install() {
    const composer = new Composer<BotContext>();
    const isFirst = firstOfAlbums();
    const chat = composer.chatType('private');
    // A command of groups: here every file is transcribed without one.
    chat.command('transcribe', (ctx) => ctx.reply(ctx.say('transcribe-needless')));
    chat.on('message', async (ctx) => {
      const { message } = ctx;
      if (!sentByUser.some((field) => message[field] !== undefined) || !isFirst(message)) return;
      const [, command] = /^(\/\w+)/.exec(message.text ?? '') ?? [];
      const isCommand = message.entities?.some(({ type, offset }) => type === 'bot_command' && offset === 0);
      await ctx.reply(
        isCommand && command !== undefined
          ? ctx.say('unknown-command', { command: isolate(command) })
          : ctx.say('send-me-audio'),
      );
    });
    composer.on('callback_query', (ctx) => ctx.answerCallbackQuery(ctx.say('answer-unknown')));
    return composer;
  },
};
