import { Composer } from 'grammy';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { allDocumentFormats } from '../../../domain/document.ts';
import {
  type ChoiceName,
  changedChoice,
  choiceValues,
  type DocumentChoice,
  nextValue,
} from '../../../domain/document-choice.ts';
import { type EngineId, engineNames, isEngineId } from '../../../domain/engine-names.ts';
import { textLanguage } from '../../../domain/languages.ts';
import type { EngineOffer } from '../../../domain/status.ts';
import { type BotContext, languageOf } from '../../context.ts';
import type { Feature } from '../../feature.ts';
import { personOf } from '../../upload.ts';

/** What the buttons carry: a page to turn to, or a change such as `settings:page:letter` and `settings:srt:attached`. */
const pagePress = /^settings:(main|formats|engine)$/;
const enginePress = /^settings:engine:(\w+)$/;
const changePress = /^settings:(\w+):([\w-]+)$/;

const formatsPerRow = 3;

/** What the menu shows. */
type Chosen = { readonly documents: DocumentChoice; readonly engine: EngineId | null };

/** /settings: the engine that is taken, and what one's files are to be like. Every press takes effect at once, and shows it. */
export const settingsFeature: Feature = {
  commands: { private: ['settings'] },
  install({ settings, reports }) {
    const composer = new Composer<BotContext>();
    const chosenBy = async (id: number): Promise<Chosen> => {
      const [documents, engine] = await Promise.all([settings.documents(id), settings.defaultEngine(id)]);
      return { documents, engine };
    };
    const show = async (ctx: BotContext) => {
      await ctx.reply(ctx.say('settings-main'), {
        reply_markup: mainMenu(ctx, await chosenBy(ctx.account.id)),
      });
    };
    composer.chatType('private').command('settings', show);
    composer.callbackQuery(pagePress, async (ctx) => {
      await ctx.answerCallbackQuery();
      const chosen = await chosenBy(ctx.from.id);
      const page = ctx.match[1];
      if (page === 'engine') {
        const menu = engineMenu(ctx, chosen, await reports.offers());
        await ctx.editMessageText(ctx.say('settings-engine-page'), { reply_markup: menu });
      } else if (page === 'formats')
        await ctx.editMessageText(ctx.say('settings-formats'), { reply_markup: formatsMenu(ctx, chosen) });
      else await ctx.editMessageText(ctx.say('settings-main'), { reply_markup: mainMenu(ctx, chosen) });
    });
    composer.callbackQuery(enginePress, async (ctx, next) => {
      const named = ctx.match[1];
      // Clients can send what they like.
      if (named !== 'ask' && !isEngineId(named)) return next();
      await settings.setDefaultEngine(personOf(ctx.from), named === 'ask' ? null : named);
      await ctx.answerCallbackQuery(ctx.say('settings-set'));
      const menu = mainMenu(ctx, await chosenBy(ctx.from.id));
      await ctx.editMessageText(ctx.say('settings-main'), { reply_markup: menu });
    });
    composer.callbackQuery(changePress, async (ctx, next) => {
      const [, name = '', value = ''] = ctx.match;
      const { documents, engine } = await chosenBy(ctx.from.id);
      const changed = changedChoice(documents, name, value);
      if (changed === null) return next();
      await settings.setDocuments(personOf(ctx.from), changed);
      await ctx.answerCallbackQuery(ctx.say('settings-set'));
      const menu = name in choiceValues ? mainMenu : formatsMenu;
      await ctx.editMessageReplyMarkup({ reply_markup: menu(ctx, { documents: changed, engine }) });
    });
    return composer;
  },
};

function mainMenu(ctx: BotContext, { documents, engine }: Chosen): InlineKeyboardMarkup {
  const named = engine === null ? ctx.say('settings-engine-ask') : nameOf(ctx, engine);
  const formats = documents.formats.map((format) => format.toUpperCase()).join(' ');
  const attached = ctx.say('settings-attached', { formats, count: documents.formats.length });
  const names = Object.keys(choiceValues) as ChoiceName[];
  return {
    inline_keyboard: [
      [{ text: ctx.say('settings-engine', { engine: named }), callback_data: 'settings:engine' }],
      [{ text: attached, callback_data: 'settings:formats' }],
      ...names.map((name) => [
        {
          text: ctx.say(`settings-${name}`, { value: documents[name] }),
          callback_data: `settings:${name}:${nextValue(documents, name)}`,
        },
      ]),
    ],
  };
}

function engineMenu(
  ctx: BotContext,
  { engine }: Chosen,
  offers: readonly EngineOffer[],
): InlineKeyboardMarkup {
  const button = (id: EngineId | null, name: string) => ({
    text: id === engine ? `✓ ${name}` : name,
    callback_data: `settings:engine:${id ?? 'ask'}`,
  });
  const ids = offers.map(({ id }) => id);
  return {
    inline_keyboard: [
      [button(null, ctx.say('settings-engine-ask'))],
      ...ids.map((id) => [button(id, nameOf(ctx, id))]),
      [back(ctx)],
    ],
  };
}

function formatsMenu(ctx: BotContext, { documents }: Chosen): InlineKeyboardMarkup {
  const buttons = allDocumentFormats.map((format): InlineKeyboardButton => {
    const isAttached = documents.formats.includes(format);
    return {
      text: `${isAttached ? '✓ ' : ''}${format.toUpperCase()}`,
      callback_data: `settings:${format}:${isAttached ? 'left-out' : 'attached'}`,
    };
  });
  const rows = Array.from({ length: Math.ceil(buttons.length / formatsPerRow) }, (_, row) =>
    buttons.slice(row * formatsPerRow, (row + 1) * formatsPerRow),
  );
  return { inline_keyboard: [...rows, [back(ctx)]] };
}

function back(ctx: BotContext): InlineKeyboardButton {
  return { text: ctx.say('settings-back'), callback_data: 'settings:main' };
}

function nameOf(ctx: BotContext, engine: EngineId): string {
  return engineNames[engine][textLanguage(languageOf(ctx))];
}
