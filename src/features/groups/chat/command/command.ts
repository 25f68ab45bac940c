import { Composer } from 'grammy';
import type { BotContext } from '../../../../bot/context.ts';
import type { Feature } from '../../../../bot/feature.ts';
import { minePress, submitAsPresser } from './anonymous-sender.ts';
import { askIn } from './ask.ts';
import { type TranscribeDependencies, transcribeAsked, transcribeFor } from './asked.ts';
import { transcribeUnasked } from './automatic.ts';

/**
 * Transcribes uploads in a group: after /transcribe or a mention of the bot, as a reply to the
 * upload or in its caption; or every voice message, where the admins have switched that on. A user
 * who asks for a transcript gets an account; a member who only talks gets none.
 */
export const transcribeFeature: Feature<TranscribeDependencies> = {
  commands: { group: ['transcribe'] },
  install(dependencies) {
    const composer = new Composer<BotContext>();
    const group = composer.chatType(['group', 'supergroup']);
    group.on('message', async (ctx, next) => {
      const ask = askIn(ctx.message, ctx.me.username);
      if (ask !== null) return transcribeAsked(dependencies, ctx, ctx.message, ask);
      await transcribeUnasked(dependencies, ctx, ctx.message);
      await next();
    });
    group.callbackQuery(minePress, (ctx) =>
      submitAsPresser(ctx, (audio) =>
        transcribeFor(dependencies, ctx, { asking: audio, audio, words: '', asker: ctx.from }),
      ),
    );
    return composer;
  },
};
