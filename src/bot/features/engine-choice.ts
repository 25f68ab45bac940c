import { Composer } from 'grammy';
import type { User } from 'grammy/types';
import { cancel } from '../../app/cancel.ts';
import { chooseEngine } from '../../app/choose-engine.ts';
import { pickerView } from '../../app/show-picker.ts';
import { type Button, parseButton } from '../../domain/button.ts';
import type { Transcription } from '../../domain/transcription.ts';
import { type BotContext, type BotDependencies, languageOf } from '../context.ts';

/**
 * The buttons under a status message. Whose file it is, and whether it may still be changed, is decided in the
 * database: a forged, foreign or old button changes nothing and says so. Every press is answered.
 */
export function engineChoiceFeature(dependencies: BotDependencies): Composer<BotContext> {
  const { replies, reports, log } = dependencies;
  const composer = new Composer<BotContext>();
  composer.on('callback_query:data', async (ctx) => {
    const button = parseButton(ctx.callbackQuery.data);
    const to = button && (await addresseeOf(dependencies, ctx, button));
    // Nothing waits for the answer: it is a small word above the chat, out of date in a moment.
    const answer = (key: string) => {
      ctx
        .answerCallbackQuery(ctx.say(key))
        .catch((error: Error) => log.debug({ cause: error.message }, 'a press not answered'));
    };
    const committed = (key: string) => {
      ctx.committed();
      answer(key);
    };
    if (button === undefined || to === undefined) return answer('answer-unknown');
    if (button.action === 'cancel') {
      return cancel(dependencies, to, ctx.from.id, (outcome) => committed(cancelAnswers[outcome]));
    }
    if (to.state !== 'CHOOSING') return answer('answer-already');
    if (button.action === 'engine') {
      return chooseEngine(dependencies, to, ctx.from.id, button.engine, (choice) =>
        committed(choiceAnswers[choice]),
      );
    }
    const view = await pickerView(reports, ctx.from.id);
    answer(view.engines.length === 0 ? 'answer-still-none' : 'answer-refreshed');
    await replies.showStatus(to, view);
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

/** The person's own file and its status message; the pressed one, where the database does not know of any. */
async function addresseeOf(
  { lanes }: BotDependencies,
  ctx: BotContext & { from: User },
  button: Button,
): Promise<Transcription | undefined> {
  const file = await lanes.find(button.id, ctx.from.id);
  const pressed = ctx.callbackQuery?.message;
  if (file === null || pressed === undefined || pressed.chat.id !== file.chatId) return undefined;
  const languageCode = languageOf(ctx);
  if (file.statusMessageId !== null) return { ...file, languageCode };
  await lanes.setStatusMessage(file.id, pressed.message_id);
  return { ...file, statusMessageId: pressed.message_id, languageCode };
}
