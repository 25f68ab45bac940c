import { Composer } from 'grammy';
import { cancel } from '../../app/cancel.ts';
import { chooseEngine } from '../../app/choose-engine.ts';
import type { Addressee } from '../../app/ports.ts';
import { pickerView } from '../../app/show-picker.ts';
import { type Button, parseButton } from '../../domain/button.ts';
import { type BotContext, type BotDependencies, languageOf } from '../context.ts';

/**
 * The buttons under a status message. Whose file it is, is decided in the database: a forged or foreign button
 * changes nothing and says so. Every press is answered.
 */
export function engineChoiceFeature(dependencies: BotDependencies): Composer<BotContext> {
  const { replies, reports, log } = dependencies;
  const composer = new Composer<BotContext>();
  composer.on('callback_query:data', async (ctx) => {
    const button = parseButton(ctx.callbackQuery.data);
    const to = button && addresseeOf(ctx, button);
    const answer = async (key: string) => {
      await ctx
        .answerCallbackQuery(ctx.say(key))
        .catch((error: Error) => log.debug({ cause: error.message }, 'a press not answered'));
    };
    if (button === undefined || to === undefined) return answer('answer-unknown');
    switch (button.action) {
      case 'engine':
        return chooseEngine(dependencies, to, ctx.from.id, button.engine, (choice) =>
          answer(choiceAnswers[choice]),
        );
      case 'refresh':
        void answer('answer-refreshed');
        await replies.showStatus(to, await pickerView(reports, ctx.from.id));
        return;
      case 'cancel':
        return answer(cancelAnswers[await cancel(dependencies, to, ctx.from.id)]);
    }
  });
  return composer;
}

const choiceAnswers = {
  started: 'answer-started',
  waiting: 'answer-waiting',
  already: 'answer-already',
  unknown: 'answer-unknown',
  engine_gone: 'answer-engine-gone',
} as const;

const cancelAnswers = {
  cancelled: 'answer-cancelled',
  requested: 'answer-cancelling',
  ended: 'answer-ended',
  unknown: 'answer-unknown',
} as const;

/** Where the pressed button stands: the status message that is edited next. */
function addresseeOf(ctx: BotContext, button: Button): Addressee | undefined {
  const message = ctx.callbackQuery?.message;
  if (message === undefined) return undefined;
  return {
    id: button.id,
    chatId: message.chat.id,
    messageId: message.message_id,
    threadId: null,
    statusMessageId: message.message_id,
    languageCode: languageOf(ctx),
  };
}
