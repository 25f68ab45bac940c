import { Composer } from 'grammy';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';

/** Answers messages and presses that no other feature recognised. Must come last. */
export const unhandledFeature: Feature<unknown> = {
  install() {
    const composer = new Composer<BotContext>();
    composer.chatType('private').on('message', (ctx) => ctx.reply(ctx.say('send-me-audio')));
    composer.on('callback_query', (ctx) => ctx.answerCallbackQuery(ctx.say('answer-unknown')));
    return composer;
  },
};
