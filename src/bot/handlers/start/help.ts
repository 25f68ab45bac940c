import type { InlineKeyboardMarkup } from 'grammy/types';
import { inRows } from '../../../lib/in-rows.ts';
import type { BotContext } from '../../context.ts';
import { languageOf } from '../../context.ts';
import type { Menus } from '../../menus.ts';

/** Topics of /help, in the order of their buttons; each has a text `help-NAME` and a button `help-button-NAME`. */
const topics = ['files', 'languages', 'corrections', 'groups', 'data', 'commands'] as const;
type Topic = (typeof topics)[number];

/** Callback data of the buttons: the first screen, or a topic. */
export const helpPress = /^help:(main|files|languages|corrections|groups|data|commands)$/;

const buttonsPerRow = 2;

type HelpDependencies = {
  readonly menus: Pick<Menus, 'lines'>;
  readonly links: { readonly areOn: boolean };
};

/** Returns a screen of /help: the first one, or a topic with a button back. */
export function renderHelp(
  ctx: BotContext,
  dependencies: HelpDependencies,
  screen: string,
): { text: string; reply_markup: InlineKeyboardMarkup } {
  const topic = topics.find((name) => name === screen);
  const button = (text: string, name: string) => ({ text, callback_data: `help:${name}` });
  const inline_keyboard =
    topic === undefined
      ? inRows(
          topics.map((name) => button(ctx.say(`help-button-${name}`), name)),
          buttonsPerRow,
        )
      : [[button(ctx.say('help-back'), 'main')]];
  return {
    text: topic === undefined ? ctx.say('help') : textOf(ctx, dependencies, topic),
    reply_markup: { inline_keyboard },
  };
}

function textOf(ctx: BotContext, { menus, links }: HelpDependencies, topic: Topic): string {
  const text = ctx.say(`help-${topic}`);
  if (topic === 'files' && links.areOn) return `${text}\n${ctx.say('links-help')}`;
  if (topic === 'commands') return [text, '', ...menus.lines(languageOf(ctx))].join('\n');
  return text;
}
