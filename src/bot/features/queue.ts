import { Composer } from 'grammy';
import type { OpenFile } from '../../app/ports.ts';
import { isolate } from '../../texts/format.ts';
import type { BotContext, BotDependencies } from '../context.ts';

/** Files that /queue names; more would be a wall of text. */
const shownFiles = 10;

/** /queue: the person's files that have not ended, in the order in which they run. */
export function queueFeature({ lanes }: BotDependencies): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.chatType('private').command('queue', async (ctx) => {
    const files = await lanes.open(ctx.from.id, shownFiles + 1);
    if (files.length === 0) {
      await ctx.reply(ctx.say('queue-empty'));
      return;
    }
    const lines = files.slice(0, shownFiles).map((file) => `• ${line(ctx, file)}`);
    if (files.length > shownFiles) lines.push(ctx.say('queue-more'));
    await ctx.reply([ctx.say('queue-title'), ...lines].join('\n'));
  });
  return composer;
}

function line(ctx: BotContext, { kind, fileName, state, before }: OpenFile): string {
  const name = fileName === null ? ctx.say(`kind-${kind}`) : isolate(shortened(fileName));
  if (state === 'CHOOSING') return `${name}: ${ctx.say('queue-choosing')}`;
  if (state === 'PROCESSING') return `${name}: ${ctx.say('queue-running')}`;
  return `${name}: ${ctx.say('queue-waiting', { before })}`;
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= 40 ? name : `${letters.slice(0, 39).join('')}…`;
}
