import { Composer } from 'grammy';
import type { Message, MessageEntity } from 'grammy/types';
import type { Audit } from '../../../app/ports/audit.ts';
import type { BroadcastSender, BroadcastText } from '../../../app/ports/broadcast-sender.ts';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { restrictToAdmins } from '../../../bot/restrict-to-admins.ts';
import type { AccessRules } from '../../../domain/account.ts';
import type { Broadcasts } from '../store.ts';

/** Callback data of the buttons: `admin:send:7` and `admin:stop:7`. */
const press = /^admin:(send|stop):(\d{1,15})$/;

type BroadcastCommandDependencies = {
  readonly broadcasts: Broadcasts;
  readonly broadcastSender: BroadcastSender;
  readonly audit: Audit;
  readonly access: AccessRules;
};

/**
 * The handlers of `/broadcast TEXT`, which may also be a reply to a message. It shows what
 * users would receive and asks for a confirmation. Any bot process may then send the broadcast
 * (start-broadcasting.ts).
 */
export const broadcastFeature: Feature<BroadcastCommandDependencies> = {
  commands: { admin: ['broadcast'] },
  install: ({ access, ...dependencies }) => restrictToAdmins(access, broadcastCommand(dependencies)),
};

function broadcastCommand({
  broadcasts,
  broadcastSender,
  audit,
}: Omit<BroadcastCommandDependencies, 'access'>): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const button = (ctx: BotContext, action: 'send' | 'stop', id: number, users = 0) => ({
    text: ctx.say(`admin-chat-button-${action}`, { users }),
    callback_data: `admin:${action}:${id}`,
  });
  composer.command('broadcast', async (ctx) => {
    const content = broadcastTextIn(ctx.msg);
    if (content === null) {
      await ctx.reply(ctx.say('admin-chat-broadcast-how'));
      return;
    }
    const id = await broadcasts.draft(ctx.account.id, content);
    const users = await broadcasts.userCount();
    await broadcastSender.send(ctx.account, content);
    await ctx.reply(ctx.say('admin-chat-broadcast-sure', { users }), {
      reply_markup: { inline_keyboard: [[button(ctx, 'send', id, users)], [button(ctx, 'stop', id)]] },
    });
  });
  composer.callbackQuery(press, async (ctx) => {
    const [, action = '', idText = ''] = ctx.match;
    const id = Number(idText);
    const done = action === 'send' ? await broadcasts.start(id) : await broadcasts.stop(id);
    const outcome = done ? (action === 'send' ? 'sending' : 'stopped') : 'over';
    if (done) await audit(ctx.account.id, `broadcast ${action}`, String(id));
    await ctx.answerCallbackQuery(ctx.say(`admin-chat-broadcast-${outcome}`));
    const stop = outcome === 'sending' ? [[button(ctx, 'stop', id)]] : [];
    await ctx.editMessageText(ctx.say(`admin-chat-broadcast-${outcome}`), {
      reply_markup: { inline_keyboard: stop },
    });
  });
  return composer;
}

/**
 * Returns the text after the command, or the text of the replied message, with its entities; null
 * when there is neither.
 */
function broadcastTextIn(message: Message): BroadcastText | null {
  const { text = '', entities = [], reply_to_message: replied } = message;
  const start = /^\/\w+(?:@\w+)?\s*/.exec(text)?.[0].length ?? 0;
  if (text.length > start) {
    const moved = entities
      .filter(({ offset }) => offset >= start)
      .map((entity): MessageEntity => ({ ...entity, offset: entity.offset - start }));
    return { text: text.slice(start), entities: moved };
  }
  return replied?.text === undefined ? null : { text: replied.text, entities: replied.entities ?? [] };
}
