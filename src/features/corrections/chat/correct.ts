import { Composer } from 'grammy';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { linkIn } from '../../../bot/link-upload.ts';
import type { TranscriptionId } from '../../../domain/ids.ts';
import {
  type CorrectDependencies,
  type CorrectionOutcome,
  correctOtherPlaces,
  correctTranscript,
  rememberSpelling,
  undoCorrection,
} from '../correct-transcript.ts';
import { hasArrow } from '../read-corrections.ts';
import type { Corrections } from '../store.ts';
import { correctPress, renderCorrectionOutcome, renderUndone, withoutPressed } from './correct-view.ts';

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
      // A reply to the clip of a speaker is their name (features/speakers).
      if (answered === null || answered.clip?.speaker !== undefined) return next();
      const { id } = answered.file;
      const answer = await correctTranscript(dependencies, id, ctx.from.id, text, {
        clip: answered.clip,
        numberSpeaker: (number) => ctx.say('document-speaker-number', { number }),
      });
      ctx.confirmUpdate();
      await confirmTo(ctx, corrections, id, message_id, answer);
    });

    composer.callbackQuery(correctPress, async (ctx) => {
      const [, action, correction] = correctPress.exec(ctx.callbackQuery.data) ?? [];
      const id = Number(correction);
      const shown = ctx.callbackQuery.message;
      if (action === 'forget' || action === 'remember') {
        const isForget = action === 'forget';
        const changed = isForget
          ? await corrections.forget(id, ctx.from.id)
          : await rememberSpelling(dependencies, id, ctx.from.id);
        const key = isForget ? 'correct-unlearnt' : changed === false ? 'correct-full' : 'correct-learnt';
        const isDone = isForget ? changed === true : changed !== null;
        await ctx.answerCallbackQuery(ctx.say(isDone ? key : 'answer-unknown'));
        if (isDone) await ctx.editMessageReplyMarkup({ reply_markup: withoutPressed(ctx, action) });
        return;
      }
      if (action === 'rest') {
        const made = await corrections.find(id, ctx.from.id);
        const answer = await correctOtherPlaces(dependencies, id, ctx.from.id);
        ctx.confirmUpdate();
        const isCorrected = answer.kind === 'corrected';
        await ctx.answerCallbackQuery(ctx.say(isCorrected ? 'correct-rest-done' : 'answer-unknown'));
        if (!isCorrected || shown === undefined || made === null) return;
        await ctx.editMessageReplyMarkup({ reply_markup: withoutPressed(ctx, action) });
        await confirmTo(ctx, corrections, made.transcriptionId, shown.message_id, answer);
        return;
      }
      const answer = await undoCorrection(corrections, id, ctx.from.id);
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

/** Replies to a message with what was corrected; replies to that confirmation are corrections too. */
async function confirmTo(
  ctx: BotContext,
  corrections: Pick<Corrections, 'recordMessage'>,
  id: TranscriptionId,
  messageId: number,
  outcome: CorrectionOutcome,
): Promise<void> {
  const { text, keyboard } = renderCorrectionOutcome(ctx, outcome);
  const sent = await ctx.reply(text, {
    reply_parameters: { message_id: messageId, allow_sending_without_reply: true },
    reply_markup: keyboard,
  });
  await corrections.recordMessage(id, sent.chat.id, sent.message_id);
}
