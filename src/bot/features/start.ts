import { Composer } from 'grammy';
import { isolate } from '../../texts/format.ts';
import type { BotContext } from '../context.ts';

/** /start and /help. */
export function startFeature(): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const feature = composer.chatType('private');
  feature.command('start', (ctx) => ctx.reply(ctx.say('start', { name: isolate(ctx.from.first_name) })));
  feature.command('help', (ctx) => ctx.reply(ctx.say('help')));
  return composer;
}
