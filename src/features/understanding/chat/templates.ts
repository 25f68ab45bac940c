import { Composer } from 'grammy';
import type { InlineKeyboardMarkup, User } from 'grammy/types';
import type { BotContext } from '../../../bot/context.ts';
import { languageOf } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { type AccessRules, isAdmin } from '../../../domain/account.ts';
import { isolate } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import { builtInTemplates, writeBuiltIn } from '../minutes-templates.ts';
import { type TemplateDialogDependencies, templateDialog } from './template-dialog.ts';

/** Callback data of the buttons of /templates. */
const addPress = /^templates:(add|add-all|cancel)$/;
const removePress = /^templates:remove:([1-9]\d{0,14})$/;

type TemplatesDependencies = TemplateDialogDependencies & {
  readonly access: AccessRules;
  readonly texts: Texts;
  /** Null: there is no language model, and no minutes. */
  readonly languageModelProfile: unknown;
};

type TemplatesContext = BotContext & { readonly from: User };

/** /templates: the forms of minutes, Dabir's own and those that the user or an admin has added. */
export const templatesFeature: Feature<TemplatesDependencies> = {
  commands: { private: ['templates'] },
  isOffered: (_me, { languageModelProfile }) => languageModelProfile !== null,
  install(dependencies) {
    const { templates, erasures, access, languageModelProfile } = dependencies;
    const composer = new Composer<BotContext>();
    if (languageModelProfile === null) return composer;
    const chat = composer.chatType('private');
    chat.command('templates', async (ctx) => {
      const { text, keyboard } = await renderTemplates(dependencies, ctx);
      const { message_id } = await ctx.reply(text, { reply_markup: keyboard });
      await erasures.recordMessage(ctx.from.id, message_id);
    });
    chat.callbackQuery(addPress, async (ctx) => {
      const [, action] = ctx.match;
      await ctx.conversation.exitAll();
      if (action === 'cancel') {
        await ctx.answerCallbackQuery(ctx.say('templates-cancelled'));
        await ctx.editMessageText(ctx.say('templates-cancelled'));
        return;
      }
      const isForAll = action === 'add-all' && isAdmin(ctx.account, access);
      await ctx.answerCallbackQuery();
      const { message_id } = await ctx.reply(ctx.say('templates-ask'), {
        reply_markup: {
          inline_keyboard: [
            [{ text: ctx.say('templates-button-cancel'), callback_data: 'templates:cancel' }],
          ],
        },
      });
      await erasures.recordMessage(ctx.from.id, message_id);
      await ctx.conversation.enter(templateDialog.id, message_id, isForAll);
    });
    chat.callbackQuery(removePress, async (ctx) => {
      const isRemoved = await templates.remove(
        ctx.from.id,
        Number(ctx.match[1]),
        isAdmin(ctx.account, access),
      );
      ctx.confirmUpdate();
      await ctx.answerCallbackQuery(ctx.say(isRemoved ? 'templates-removed' : 'answer-unknown'));
      const { text, keyboard } = await renderTemplates(dependencies, ctx);
      // Telegram refuses an edit that changes nothing.
      await ctx.editMessageText(text, { reply_markup: keyboard }).catch(() => undefined);
    });
    return composer;
  },
};

async function renderTemplates(
  { templates, texts, access }: TemplatesDependencies,
  ctx: TemplatesContext,
): Promise<{ text: string; keyboard: InlineKeyboardMarkup }> {
  const own = await templates.entries(ctx.from.id);
  const admin = isAdmin(ctx.account, access);
  const named = builtInTemplates.map((name) => writeBuiltIn(texts, languageOf(ctx), name));
  const lines = [...named, ...own].map(
    ({ name, sections }) => `• ${isolate(name)}: ${sections.map(({ title }) => isolate(title)).join(' · ')}`,
  );
  const removable = own.filter(({ isForAll }) => admin || !isForAll);
  const add = (action: 'add' | 'add-all') => ({
    text: ctx.say(`templates-button-${action}`),
    callback_data: `templates:${action}`,
  });
  return {
    text: [ctx.say('templates-title'), '', ...lines].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...removable.map(({ id, name, isForAll }) => [
          { text: `🗑 ${isolate(name)}${isForAll ? ' 👥' : ''}`, callback_data: `templates:remove:${id}` },
        ]),
        admin ? [add('add'), add('add-all')] : [add('add')],
      ],
    },
  };
}
