import { Composer } from 'grammy';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { linkIn } from '../../../bot/link-upload.ts';
import { type CorrectDependencies, correctTranscript, undoCorrection } from '../correct-transcript.ts';
import { hasArrow } from '../notes.ts';
import { correctPress, renderCorrectionAnswer, renderUndone, withoutForget } from './correct-view.ts';

/**
 * Corrects a transcript when the user replies to its text, one of its documents or its status
 * message with `wrong → right` or the corrected passage. The database decides whether the
 * transcript or correction is the user's own.
 */
export const correctFeature: Feature<CorrectDependencies> = {
  install(dependencies) {
    const { corrections } = dependencies;
    const composer = new Composer<BotContext>();
    composer.on('message:text', async (ctx, next) => {
      const { text, reply_to_message: replied, message_id } = ctx.message;
      if (replied?.from?.id !== ctx.me.id) return next();
      // A link to audio is an upload, even as a reply.
      if (linkIn(ctx.message) !== null && !hasArrow(text)) return next();
      const answered = await corrections.fileOf(ctx.chat.id, replied.message_id, ctx.from.id);
      if (answered === null) return next();
      const { id } = answered.file;
      const answer = await correctTranscript(dependencies, id, ctx.from.id, text, answered.clip);
      ctx.confirmUpdate();
      const reply_parameters = { message_id, allow_sending_without_reply: true };
      const { text: words, keyboard } = renderCorrectionAnswer(ctx, answer);
      const sent = await ctx.reply(words, { reply_parameters, reply_markup: keyboard });
      await corrections.note(id, ctx.chat.id, sent.message_id);
    });

    composer.callbackQuery(correctPress, async (ctx) => {
      const [, action, correction] = correctPress.exec(ctx.callbackQuery.data) ?? [];
      const shown = ctx.callbackQuery.message;
      if (action === 'forget') {
        const removed = await corrections.forget(Number(correction), ctx.from.id);
        await ctx.answerCallbackQuery(ctx.say(removed ? 'correct-unlearnt' : 'answer-unknown'));
        if (removed && shown !== undefined) {
          await ctx.editMessageReplyMarkup({ reply_markup: withoutForget(ctx, Number(correction)) });
        }
        return;
      }
      const answer = await undoCorrection(corrections, Number(correction), ctx.from.id);
      await ctx.answerCallbackQuery({
        text: ctx.say(`correct-undo-${answer}`),
        show_alert: answer === 'later',
      });
      if (answer === 'undone' && shown?.text !== undefined) {
        await ctx.editMessageText(renderUndone(ctx, shown.text));
      }
    });
    return composer;
  },
};
