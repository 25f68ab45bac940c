import { Composer } from 'grammy';
import type { Settings } from '../../../app/ports/settings.ts';
import { speechLanguageNamed } from '../../../domain/language-names.ts';
import { speechLanguages } from '../../../domain/languages.ts';
import { languageName } from '../../../texts/format.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { accountOf } from '../../upload.ts';
import { renderLanguageKeyboard } from './view.ts';

/** Callback data of the buttons: `speech:fa`, `speech:auto`. */
const press = /^speech:(\w+)$/;

/**
 * /language: sets the language spoken in the user's uploads, by a button or as `/language fa` and `/language persian`.
 */
export const languageFeature: Feature<{ readonly settings: Settings }> = {
  commands: { private: ['language'] },
  install({ settings }) {
    const composer = new Composer<BotContext>();
    composer.chatType('private').command('language', async (ctx) => {
      const words = ctx.match.trim().toLowerCase();
      const named = words === 'auto' ? words : speechLanguageNamed(words);
      if (named !== null) {
        await settings.setSpeechLanguage(accountOf(ctx.from), named === 'auto' ? null : named);
        await ctx.reply(chosen(ctx, named));
        return;
      }
      const reader = { say: ctx.say, languageCode: languageOf(ctx) };
      const keyboard = renderLanguageKeyboard(reader, await settings.speechLanguage(ctx.from.id));
      await ctx.reply(ctx.say(words === '' ? 'language-ask' : 'language-unknown'), {
        reply_markup: { inline_keyboard: keyboard },
      });
    });
    composer.callbackQuery(press, async (ctx, next) => {
      const named = ctx.match[1] ?? '';
      // Callback data can be forged.
      if (named !== 'auto' && !speechLanguages.has(named)) return next();
      await settings.setSpeechLanguage(accountOf(ctx.from), named === 'auto' ? null : named);
      await ctx.answerCallbackQuery(ctx.say('language-set'));
      await ctx.editMessageText(chosen(ctx, named));
    });
    return composer;
  },
};

function chosen(ctx: BotContext, named: string): string {
  if (named === 'auto') return ctx.say('language-chosen-auto');
  return ctx.say('language-chosen', { language: languageName(languageOf(ctx), named) });
}
