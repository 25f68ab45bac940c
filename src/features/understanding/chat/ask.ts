import { Composer } from 'grammy';
import type { User } from 'grammy/types';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { textLanguage } from '../../../domain/languages.ts';
import type { Erasures } from '../../my-data/index.ts';
import { type StartTaskDependencies, startTask } from './start-task.ts';

/** Callback data of the button that asks about one transcript. The question is the message that its message replies to. */
const askPress = /^ask:([1-9]\d{0,14})$/;

/** Maximum length of a question, in UTF-16 units. */
const maxQuestionLength = 300;

type AskDependencies = StartTaskDependencies & { readonly erasures: Pick<Erasures, 'recordMessage'> };

/** /ask, about all of one's own transcripts, and questions as replies to a transcript. */
export const askFeature: Feature<AskDependencies> = {
  commands: { private: ['ask'] },
  isOffered: (_me, { languageModelProfile }) => languageModelProfile !== null,
  install(dependencies) {
    const composer = new Composer<BotContext>();
    if (dependencies.languageModelProfile === null) return composer;
    const chat = composer.chatType('private');
    chat.command('ask', async (ctx) => {
      const question = questionOf(ctx.match);
      if (question === null) return void (await ctx.reply(ctx.say('ask-how')));
      const outcome = await ask(dependencies, ctx, null, question, ctx.message.message_id);
      if (outcome !== 'understanding-begun') await ctx.reply(ctx.say(outcome));
    });
    chat.callbackQuery(askPress, async (ctx) => {
      const asked = ctx.callbackQuery.message?.reply_to_message;
      const question = questionOf(asked?.text ?? '');
      if (asked === undefined || question === null)
        return void (await ctx.answerCallbackQuery(ctx.say('answer-unknown')));
      const outcome = await ask(dependencies, ctx, Number(ctx.match[1]), question, asked.message_id);
      await ctx.answerCallbackQuery(ctx.say(outcome));
      if (outcome === 'understanding-begun') await ctx.deleteMessage().catch(() => undefined);
    });
    return composer;
  },
};

/** Adds a question, and shows its message. Resolves to the key of what is said to its user. */
async function ask(
  dependencies: AskDependencies,
  ctx: BotContext & { readonly from: User },
  transcriptionId: number | null,
  question: string,
  replyToId: number,
): Promise<string> {
  const { outcome, followUp } = await startTask(dependencies, ctx, {
    ...{ userId: ctx.from.id, transcriptionId, kind: 'question', replyToId },
    options: { language: textLanguage(languageOf(ctx)), question },
  });
  ctx.confirmUpdate();
  await followUp();
  return outcome;
}

/** Returns the words of a question on one line; null when there is none, or it is too long. */
function questionOf(text: string): string | null {
  const question = text.replaceAll(/\s+/g, ' ').trim();
  return /\p{L}/u.test(question) && question.length <= maxQuestionLength ? question : null;
}
