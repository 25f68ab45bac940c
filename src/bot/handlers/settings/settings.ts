import { Composer } from 'grammy';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { type ChangeDependencies, change } from './changes.ts';
import { isPageName, type PagesDependencies, type SettingsPageName, settingsPages } from './pages.ts';
import type { Chosen } from './view.ts';

/**
 * Callback data of the buttons: the name of a page, or a change such as `settings:page:letter` and
 * `settings:srt:attached`.
 */
const pagePress = /^settings:(\w+)$/;
const changePress = /^settings:(\w+):([\w-]+)$/;

type SettingsDependencies = ChangeDependencies & PagesDependencies;

/**
 * /settings: how Dabir addresses the user, transcribes and writes. Every press takes effect and is
 * shown at once.
 */
export const settingsFeature: Feature<SettingsDependencies> = {
  commands: { private: ['settings'] },
  install(dependencies) {
    const composer = new Composer<BotContext>();
    const pageFor = async (ctx: BotContext, name: SettingsPageName) => {
      const reader = { say: ctx.say, languageCode: languageOf(ctx) };
      const { text, rows } = await settingsPages[name](
        reader,
        await chosenBy(dependencies, ctx),
        dependencies,
      );
      return { text, reply_markup: { inline_keyboard: rows.map((row) => [...row]) } };
    };
    composer.chatType('private').command('settings', async (ctx) => {
      const { text, reply_markup } = await pageFor(ctx, 'main');
      await ctx.reply(text, { reply_markup });
    });
    composer.callbackQuery(pagePress, async (ctx, next) => {
      const name = ctx.match[1] ?? '';
      if (!isPageName(name)) return next();
      await ctx.answerCallbackQuery();
      const { text, reply_markup } = await pageFor(ctx, name);
      await ctx.editMessageText(text, { reply_markup });
    });
    composer.callbackQuery(changePress, async (ctx, next) => {
      const [, name = '', value = ''] = ctx.match;
      const page = await change(dependencies, ctx, name, value);
      if (page === null) return next();
      await ctx.answerCallbackQuery(ctx.say('settings-set'));
      const { text, reply_markup } = await pageFor(ctx, page);
      await ctx.editMessageText(text, { reply_markup });
    });
    return composer;
  },
};

async function chosenBy(
  { settings }: Pick<SettingsDependencies, 'settings'>,
  { account }: BotContext,
): Promise<Chosen> {
  const [documents, engine, speech, offersBundles] = await Promise.all([
    settings.documents(account.id),
    settings.defaultEngine(account.id),
    settings.speechLanguage(account.id),
    settings.offersBundles(account.id),
  ]);
  return { documents, engine, speech, offersBundles, language: account.chosenLanguage };
}
