import { Composer } from 'grammy';
import type { User } from 'grammy/types';
import { type Button, parseButton } from '../../../domain/button.ts';
import type { Transcription } from '../../../domain/transcription.ts';
import { type BotContext, type BotDependencies, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { handlers } from './handlers.ts';
import type { PressHandler } from './press.ts';

/**
 * The buttons under a status message. Whose file it is, and whether it may still be changed, is decided in the
 * database: a forged, foreign or old button changes nothing and says so. Every press is answered.
 */
export const fileButtonsFeature: Feature = {
  install(dependencies) {
    const composer = new Composer<BotContext>();
    composer.on('callback_query:data', async (ctx) => {
      const button = parseButton(ctx.callbackQuery.data);
      const file = button && (await fileOf(dependencies, ctx, button));
      // Nothing waits for the answer: it is out of date in a moment.
      const answer = (key: string) => {
        ctx
          .answerCallbackQuery(ctx.say(key))
          .catch((error: Error) => dependencies.log.debug({ cause: error.message }, 'a press not answered'));
      };
      const committed = (key: string) => {
        ctx.committed();
        answer(key);
      };
      if (button === undefined || file === undefined) return answer('answer-unknown');
      // Each handler is for the buttons of its own name.
      const handle = handlers[button.action] as PressHandler<Button['action']>;
      await handle(dependencies, { ctx, file, answer, committed }, button);
    });
    return composer;
  },
};

/** The person's own file (or that which they take care of) and its status message; the pressed one, where the database does not know of any. */
async function fileOf(
  { lanes }: BotDependencies,
  ctx: BotContext & { from: User },
  button: Button,
): Promise<Transcription | undefined> {
  const file = await lanes.find(button.id, ctx.actsFor ?? ctx.from.id);
  const pressed = ctx.callbackQuery?.message;
  if (file === null || pressed === undefined || pressed.chat.id !== file.chatId) return undefined;
  const languageCode = languageOf(ctx);
  if (file.statusMessageId !== null) return { ...file, languageCode };
  await lanes.setStatusMessage(file.id, pressed.message_id);
  return { ...file, statusMessageId: pressed.message_id, languageCode };
}
