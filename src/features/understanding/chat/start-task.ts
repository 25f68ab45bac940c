import { type WithFollowUp, withFollowUp } from '../../../app/follow-up.ts';
import type { LanguageModelProfile } from '../../../app/ports/language-model.ts';
import type { FindUnderstandingOffer } from '../../../app/ports/understanding-offers.ts';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import type { PressHandler } from '../../../bot/file-press.ts';
import { speechLanguages, textLanguage } from '../../../domain/languages.ts';
import { isolate } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { Corrections } from '../../corrections/index.ts';
import type { Erasures } from '../../my-data/index.ts';
import { findTemplate } from '../minutes-templates.ts';
import type { StoredOptions } from '../store/stored-result.ts';
import type { UnderstandingTasks, WantedTask } from '../store/tasks.ts';
import type { Templates } from '../store/templates.ts';
import { renderWaiting } from '../views/progress-view.ts';
import { renderKinds, renderTargetLanguages, renderTemplateChoice } from './kinds-view.ts';
import { sendTaskMessage } from './task-message.ts';

export type StartTaskDependencies = {
  readonly understandingTasks: UnderstandingTasks;
  readonly findUnderstandingOffer: FindUnderstandingOffer;
  readonly templates: Pick<Templates, 'entries'>;
  readonly corrections: Pick<Corrections, 'recordMessage'>;
  readonly erasures: Pick<Erasures, 'recordMessage'>;
  /** Null: there is no language model. */
  readonly languageModelProfile: LanguageModelProfile | null;
  readonly texts: Texts;
};

/** Handles the buttons of the language model under a transcript. */
export const pressUnderstand: PressHandler<'understand', StartTaskDependencies> = async (
  dependencies,
  press,
  { what, choice },
) => {
  const { ctx, file, answer, confirm } = press;
  const { languageModelProfile: profile, templates, texts } = dependencies;
  const offer = await dependencies.findUnderstandingOffer(file);
  if (offer === null || profile === null) return answer('answer-unknown');
  const language = textLanguage(languageOf(ctx));
  const start = async (options: StoredOptions) => {
    if (what === 'more') return answer('answer-unknown');
    const { outcome, followUp } = await startTask(dependencies, ctx, {
      ...{ userId: ctx.from.id, transcriptionId: file.id, kind: what, replyToId: file.messageId },
      options,
    });
    confirm(outcome);
    await followUp();
  };
  switch (what) {
    case 'more':
      await ctx.answerCallbackQuery({
        text: renderPrivacy(ctx, profile.privacy),
        show_alert: !offer.isPrivate,
      });
      return showRows(ctx, renderKinds(ctx, texts, file.id, offer));
    case 'translation':
      if (choice === undefined) {
        await ctx.answerCallbackQuery(ctx.say('understanding-which-language'));
        return showRows(ctx, renderTargetLanguages(ctx, file.id));
      }
      return speechLanguages.has(choice) ? start({ language: choice }) : answer('answer-unknown');
    case 'minutes': {
      if (choice === undefined) {
        await ctx.answerCallbackQuery(ctx.say('understanding-which-template'));
        return showRows(ctx, renderTemplateChoice(ctx, file.id, await templates.entries(ctx.from.id)));
      }
      const template = await findTemplate(dependencies, ctx.from.id, languageOf(ctx), choice);
      return template === null ? answer('answer-unknown') : start({ language, template: choice });
    }
    default:
      return choice === undefined ? start({ language }) : answer('answer-unknown');
  }
};

async function showRows(ctx: BotContext, inline_keyboard: ReturnType<typeof renderKinds>): Promise<void> {
  // Telegram refuses an edit that changes nothing.
  await ctx.editMessageReplyMarkup({ reply_markup: { inline_keyboard } }).catch(() => undefined);
}

/**
 * Adds a task. Resolves to the key of what is said to its user; the follow-up shows its message, which the worker edits.
 */
export async function startTask(
  { understandingTasks, corrections, erasures, texts }: StartTaskDependencies,
  ctx: BotContext,
  wanted: WantedTask,
): Promise<WithFollowUp<string>> {
  const added = await understandingTasks.add(wanted);
  if (added.outcome !== 'added') {
    const outcome = added.outcome === 'unknown' ? 'answer-unknown' : `understanding-${added.outcome}`;
    return withFollowUp(outcome);
  }
  const { id } = added;
  return {
    outcome: 'understanding-begun',
    async followUp() {
      const waiting = renderWaiting(texts, languageOf(ctx), { id, kind: wanted.kind });
      const messageId = await sendTaskMessage(ctx, wanted.replyToId, waiting);
      await understandingTasks.setMessage(id, messageId);
      const { transcriptionId, userId } = wanted;
      if (transcriptionId === null) await erasures.recordMessage(userId, messageId);
      else await corrections.recordMessage(transcriptionId, userId, messageId);
    },
  };
}

function renderPrivacy(ctx: BotContext, { destination, keeps }: LanguageModelProfile['privacy']): string {
  if (destination === null) return ctx.say('understanding-stays');
  return ctx.say('understanding-goes', { host: isolate(destination), keeps });
}
