import type { LanguageModelProfile } from '../../../app/ports/language-model.ts';
import type { FindUnderstandingOffer } from '../../../app/ports/understanding-offers.ts';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import type { Press, PressHandler } from '../../../bot/file-press.ts';
import { textLanguage } from '../../../domain/languages.ts';
import { isolate } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { Corrections } from '../../corrections/index.ts';
import type { TaskOptions } from '../store/stored-result.ts';
import type { UnderstandingTasks, WantedTask } from '../store/tasks.ts';
import { renderWaiting } from '../views/progress-view.ts';
import { renderKinds } from './kinds-view.ts';
import { sendTaskMessage } from './task-message.ts';

export type StartTaskDependencies = {
  readonly understandingTasks: UnderstandingTasks;
  readonly findUnderstandingOffer: FindUnderstandingOffer;
  readonly corrections: Pick<Corrections, 'note'>;
  /** Null: there is no language model. */
  readonly languageModelProfile: LanguageModelProfile | null;
  readonly texts: Texts;
};

/** Handles the buttons of the language model under a transcript. */
export const pressUnderstand: PressHandler<'understand', StartTaskDependencies> = async (
  dependencies,
  press,
  { what },
) => {
  const { ctx, file, answer } = press;
  const { languageModelProfile: profile } = dependencies;
  const offer = await dependencies.findUnderstandingOffer(file);
  if (offer === null || profile === null) return answer('answer-unknown');
  if (what === 'more') {
    await ctx.answerCallbackQuery({
      text: renderPrivacy(ctx, profile.privacy),
      show_alert: !offer.isPrivate,
    });
    const reply_markup = renderKinds(ctx, dependencies.texts, file.id, offer);
    // Telegram refuses an edit that changes nothing.
    await ctx.editMessageReplyMarkup({ reply_markup }).catch(() => undefined);
    return;
  }
  await startTask(dependencies, press, {
    ...{ userId: ctx.from.id, transcriptionId: file.id, kind: what, replyToId: file.messageId },
    options: { language: textLanguage(languageOf(ctx)) },
  });
};

/** Adds a task and shows its message, which the worker edits. */
async function startTask(
  { understandingTasks, corrections, texts }: StartTaskDependencies,
  { ctx, file, answer, confirm }: Press,
  wanted: WantedTask & { readonly options: TaskOptions },
): Promise<void> {
  const added = await understandingTasks.add(wanted);
  if (added.outcome === 'unknown') return answer('answer-unknown');
  if (added.outcome !== 'added') return answer(`understanding-${added.outcome}`);
  confirm('understanding-begun');
  const { id } = added;
  const waiting = renderWaiting(texts, languageOf(ctx), { id, kind: wanted.kind });
  const messageId = await sendTaskMessage(ctx, wanted.replyToId, waiting);
  await understandingTasks.setMessage(id, messageId);
  await corrections.note(file.id, file.chatId, messageId);
}

function renderPrivacy(ctx: BotContext, { destination, keeps }: LanguageModelProfile['privacy']): string {
  if (destination === null) return ctx.say('understanding-stays');
  return ctx.say('understanding-goes', { host: isolate(destination), keeps });
}
