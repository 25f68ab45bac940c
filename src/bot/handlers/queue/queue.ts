import { Composer } from 'grammy';
import type { Lanes, OpenTranscription } from '../../../app/ports/lanes.ts';
import type { UserId } from '../../../domain/ids.ts';
import { isLink } from '../../../domain/link.ts';
import { isolate } from '../../../texts/format.ts';
import type { BotContext } from '../../context.ts';
import type { Feature } from '../../feature.ts';

/** Maximum number of transcriptions that /queue lists. */
const shownFiles = 10;

/** /queue: the user's open transcriptions, in the order in which they run. */
export const queueFeature: Feature<{ readonly lanes: Lanes }> = {
  commands: { private: ['queue'] },
  install({ lanes }) {
    const composer = new Composer<BotContext>();
    composer.chatType('private').command('queue', async (ctx) => {
      const lines = await renderQueueLines(ctx, lanes, ctx.from.id);
      await ctx.reply(
        lines.length === 0 ? ctx.say('queue-empty') : [ctx.say('queue-title'), ...lines].join('\n'),
      );
    });
    return composer;
  },
};

/** Returns a line for each of a user's open transcriptions. */
export async function renderQueueLines(ctx: BotContext, lanes: Lanes, userId: UserId): Promise<string[]> {
  const files = await lanes.listOpen(userId, shownFiles + 1);
  const lines = files.slice(0, shownFiles).map((file) => `• ${line(ctx, file)}`);
  return files.length > shownFiles ? [...lines, ctx.say('queue-more')] : lines;
}

function line(ctx: BotContext, file: OpenTranscription): string {
  const { kind, fileName, state, before } = file;
  const name =
    fileName === null ? ctx.say(`kind-${isLink(file) ? 'link' : kind}`) : isolate(shortened(fileName));
  if (state === 'CHOOSING') return `${name}: ${ctx.say('queue-choosing')}`;
  if (state === 'PROCESSING') return `${name}: ${ctx.say('queue-running')}`;
  return `${name}: ${ctx.say('queue-waiting', { before })}`;
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= 40 ? name : `${letters.slice(0, 39).join('')}…`;
}
