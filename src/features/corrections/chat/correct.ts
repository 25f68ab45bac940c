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

type CorrectChatDependencies = CorrectDependencies & {
  /** Null: there is no language model, so that every reply is a correction. */
  readonly languageModelProfile: unknown;
};

/** Callback data of the button that takes a question as a correction: its message replies to the question. */
const correctReplyPress = /^correct:reply:([1-9]\d{0,14})$/;

/**
 * Corrects a transcript when the user replies to its text, one of its documents or its status
 * message with `wrong → right` or the corrected passage. The database decides whether the
 * transcript or correction is the user's own.
 */
export const correctFeature: Feature<CorrectChatDependencies> = {
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
      const clip = answered.clip?.isMoment ? null : answered.clip;
      const canAsk = dependencies.languageModelProfile !== null && ctx.chat.type === 'private';
      if (canAsk && clip === null && isQuestion(text)) {
        ctx.confirmUpdate();
        await offerToAsk(ctx, corrections, id, message_id);
        return;
      }
      const answer = await correctTranscript(dependencies, id, ctx.from.id, text, {
        clip,
        numberSpeaker: (number) => ctx.say('document-speaker-number', { number }),
      });
      ctx.confirmUpdate();
      await confirmTo(ctx, corrections, id, message_id, answer);
    });

    composer.callbackQuery(correctReplyPress, async (ctx) => {
      const replied = ctx.callbackQuery.message?.reply_to_message;
      if (replied?.text === undefined) return void (await ctx.answerCallbackQuery(ctx.say('answer-unknown')));
      const id = Number(ctx.match[1]);
      const answer = await correctTranscript(dependencies, id, ctx.from.id, replied.text, {
        numberSpeaker: (number) => ctx.say('document-speaker-number', { number }),
      });
      ctx.confirmUpdate();
      await ctx.answerCallbackQuery();
      await ctx.deleteMessage().catch(() => undefined);
      await confirmTo(ctx, corrections, id, replied.message_id, answer);
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

/** Returns true for a text that ends with a question mark, in any script, and has no arrow. */
function isQuestion(text: string): boolean {
  return /[?؟？]["'»”)]*\s*$/u.test(text) && !hasArrow(text);
}

/** Asks whether a question is about the transcript, or a correction of it. */
async function offerToAsk(
  ctx: BotContext,
  corrections: Pick<Corrections, 'recordMessage'>,
  id: TranscriptionId,
  messageId: number,
): Promise<void> {
  const button = (key: string, data: string) => ({ text: ctx.say(key), callback_data: `${data}:${id}` });
  const sent = await ctx.reply(ctx.say('correct-or-ask'), {
    reply_parameters: { message_id: messageId, allow_sending_without_reply: true },
    reply_markup: {
      inline_keyboard: [
        [button('correct-button-ask', 'ask')],
        [button('correct-button-reply', 'correct:reply')],
      ],
    },
  });
  await corrections.recordMessage(id, sent.chat.id, sent.message_id);
}

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
