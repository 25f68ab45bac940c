import { Composer } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import { speechLanguages } from '../../../domain/languages.ts';
import { languageName } from '../../../texts/format.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { personOf } from '../../upload.ts';

/** Offered as buttons; any other can be named behind the command. */
const offered = ['fa', 'en', 'ar', 'ku', 'az', 'tr', 'ur', 'ps', 'tg', 'ru', 'de', 'fr'];
const perRow = 3;
/** What the buttons carry: `speech:fa`, `speech:auto`. */
const press = /^speech:(\w+)$/;

/** /language: the language of one's recordings, by a button or as `/language fa`. */
export const languageFeature: Feature = {
  commands: { private: ['language'] },
  install({ settings }) {
    const composer = new Composer<BotContext>();
    composer.chatType('private').command('language', async (ctx) => {
      const named = ctx.match.trim().toLowerCase();
      if (named === 'auto' || speechLanguages.has(named)) {
        await settings.setSpeechLanguage(personOf(ctx.from), named === 'auto' ? null : named);
        await ctx.reply(chosen(ctx, named));
        return;
      }
      const current = (await settings.speechLanguage(ctx.from.id)) ?? 'auto';
      await ctx.reply(ctx.say(named === '' ? 'language-ask' : 'language-unknown'), {
        reply_markup: { inline_keyboard: keyboard(ctx, current) },
      });
    });
    composer.callbackQuery(press, async (ctx, next) => {
      const named = ctx.match[1] ?? '';
      // Clients can send what they like.
      if (named !== 'auto' && !speechLanguages.has(named)) return next();
      await settings.setSpeechLanguage(personOf(ctx.from), named === 'auto' ? null : named);
      await ctx.answerCallbackQuery(ctx.say('language-set'));
      await ctx.editMessageText(chosen(ctx, named));
    });
    return composer;
  },
};

function keyboard(ctx: BotContext, current: string): InlineKeyboardButton[][] {
  const button = (code: string, name: string) => ({
    text: code === current ? `✓ ${name}` : name,
    callback_data: `speech:${code}`,
  });
  const languages = offered.map((code) => button(code, languageName(languageOf(ctx), code)));
  const rows = Array.from({ length: Math.ceil(languages.length / perRow) }, (_, row) =>
    languages.slice(row * perRow, (row + 1) * perRow),
  );
  return [[button('auto', ctx.say('language-auto'))], ...rows];
}

function chosen(ctx: BotContext, named: string): string {
  if (named === 'auto') return ctx.say('language-chosen-auto');
  return ctx.say('language-chosen', { language: languageName(languageOf(ctx), named) });
}
