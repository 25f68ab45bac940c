import { Composer } from 'grammy';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { allDocumentFormats } from '../../domain/document.ts';
import {
  type ChoiceName,
  changedChoice,
  choiceValues,
  type DocumentChoice,
  nextValue,
} from '../../domain/document-choice.ts';
import type { BotContext, BotDependencies } from '../context.ts';
import { personOf } from '../upload.ts';

/** What the buttons carry: a page to turn to, or a change such as `settings:page:letter` and `settings:srt:attached`. */
const pagePress = /^settings:(main|formats)$/;
const changePress = /^settings:(\w+):([\w-]+)$/;

const formatsPerRow = 3;

/** /settings, and a link to them: what one's files are to be like. Every press takes effect at once, and shows it. */
export function settingsFeature({ settings }: BotDependencies): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const show = async (ctx: BotContext) => {
    const choice = await settings.documents(ctx.account.id);
    await ctx.reply(ctx.say('settings-main'), { reply_markup: pages.main(ctx, choice) });
  };
  composer.chatType('private').command('settings', show);
  // A link to them: t.me/BOT?start=settings.
  composer
    .chatType('private')
    .command('start', (ctx, next) => (ctx.match === 'settings' ? show(ctx) : next()));
  composer.callbackQuery(pagePress, async (ctx) => {
    const page = ctx.match[1] === 'formats' ? 'formats' : 'main';
    await ctx.answerCallbackQuery();
    const choice = await settings.documents(ctx.from.id);
    await ctx.editMessageText(ctx.say(`settings-${page}`), { reply_markup: pages[page](ctx, choice) });
  });
  composer.callbackQuery(changePress, async (ctx, next) => {
    const [, name = '', value = ''] = ctx.match;
    const choice = changedChoice(await settings.documents(ctx.from.id), name, value);
    // Clients can send what they like.
    if (choice === null) return next();
    await settings.setDocuments(personOf(ctx.from), choice);
    await ctx.answerCallbackQuery(ctx.say('settings-set'));
    const page = name in choiceValues ? 'main' : 'formats';
    await ctx.editMessageReplyMarkup({ reply_markup: pages[page](ctx, choice) });
  });
  return composer;
}

const pages = {
  main(ctx: BotContext, choice: DocumentChoice): InlineKeyboardMarkup {
    const formats = choice.formats.map((format) => format.toUpperCase()).join(' ');
    const attached = { text: ctx.say('settings-attached', { formats, count: choice.formats.length }) };
    const names = Object.keys(choiceValues) as ChoiceName[];
    return {
      inline_keyboard: [
        [{ ...attached, callback_data: 'settings:formats' }],
        ...names.map((name) => [
          {
            text: ctx.say(`settings-${name}`, { value: choice[name] }),
            callback_data: `settings:${name}:${nextValue(choice, name)}`,
          },
        ]),
      ],
    };
  },

  formats(ctx: BotContext, { formats }: DocumentChoice): InlineKeyboardMarkup {
    const buttons = allDocumentFormats.map((format): InlineKeyboardButton => {
      const isAttached = formats.includes(format);
      return {
        text: `${isAttached ? '✓ ' : ''}${format.toUpperCase()}`,
        callback_data: `settings:${format}:${isAttached ? 'left-out' : 'attached'}`,
      };
    });
    const rows = Array.from({ length: Math.ceil(buttons.length / formatsPerRow) }, (_, row) =>
      buttons.slice(row * formatsPerRow, (row + 1) * formatsPerRow),
    );
    return {
      inline_keyboard: [...rows, [{ text: ctx.say('settings-back'), callback_data: 'settings:main' }]],
    };
  },
};
