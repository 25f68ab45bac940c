import { Composer } from 'grammy';
import type { EngineReports } from '../../../app/ports/engine-reports.ts';
import { type BotContext, languageOf } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { isEngineId } from '../../../domain/engine-names.ts';
import { isolate } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import {
  type ConnectionChange,
  type Connections,
  noteChoices,
  retentionHoursChoices,
  senderChoices,
} from '../store/connections.ts';
import { createDraftHandlers, type DraftDependencies } from './draft-handlers.ts';
import { createNotePressHandlers, type NotePressDependencies } from './note-presses.ts';
import { renderConnection, renderPeers, type SecretaryPage } from './settings-view.ts';

/** Callback data of the buttons under a connection: `secretary:set:12:notes:mine`, `secretary:peer:12:345:no`. */
const setPress = /^secretary:set:([1-9]\d{0,14}):(\w+)(?::(\w+))?$/;
const peerPress = /^secretary:peer:([1-9]\d{0,14}):([1-9]\d{0,14}):(yes|no)$/;

type SecretaryDependencies = DraftDependencies &
  NotePressDependencies & {
    readonly connections: Connections;
    readonly reports: EngineReports;
    readonly texts: Texts;
  };

/**
 * /secretary: the connections of the bot to the user's account, and what the user has chosen for each; the buttons
 * under notes; and answers to notes, which are sent in the user's name on a press. Hidden where Telegram's server, or
 * BotFather, allows no connections.
 */
export const secretaryFeature: Feature<SecretaryDependencies> = {
  commands: { private: ['secretary'] },
  isOffered: (me) => me.can_connect_to_business === true,
  install(dependencies) {
    const { connections, reports, texts } = dependencies;
    const composer = new Composer<BotContext>();
    const offered = composer.filter((ctx) => ctx.me.can_connect_to_business === true);
    const chat = offered.chatType('private');
    chat.command('secretary', async (ctx) => {
      const own = await connections.list(ctx.from.id);
      if (own.length === 0) await ctx.reply(ctx.say('secretary-how', { bot: `@${ctx.me.username}` }));
      for (const connection of own) {
        const { text, reply_markup } = renderConnection(
          texts,
          languageOf(ctx),
          connection,
          await reports.offers(),
          'main',
        );
        await ctx.reply(`${ctx.say('secretary-title')}\n\n${text}`, { reply_markup });
      }
    });
    chat.callbackQuery(setPress, async (ctx, next) => {
      const [, id = '', name = '', value = ''] = ctx.match;
      const connection = await applyPress(dependencies, Number(id), ctx.from.id, name, value);
      if (connection === null) return next();
      await ctx.answerCallbackQuery(
        name === 'page' || name === 'people' ? undefined : ctx.say('secretary-set'),
      );
      if (name === 'people') {
        const { text, reply_markup } = renderPeers(
          texts,
          languageOf(ctx),
          connection,
          await connections.listPeers(connection.id),
        );
        await ctx.editMessageText(text, { reply_markup });
        return;
      }
      const page: SecretaryPage = name === 'page' && value === 'engine' ? 'engine' : 'main';
      const shown = renderConnection(texts, languageOf(ctx), connection, await reports.offers(), page);
      const text = page === 'main' ? `${ctx.say('secretary-title')}\n\n${shown.text}` : shown.text;
      await ctx.editMessageText(text, { reply_markup: shown.reply_markup });
    });
    chat.callbackQuery(peerPress, async (ctx, next) => {
      const [, id = '', peer = '', answer] = ctx.match;
      const peerId = Number(peer);
      const known = await connections.find(Number(id), ctx.from.id);
      const before = known === null ? null : await connections.peer(known.id, peerId);
      if (known === null || before === null) return next();
      await connections.decide(known.id, ctx.from.id, { ...before, isAllowed: answer === 'yes' });
      ctx.confirmUpdate();
      await ctx.answerCallbackQuery(ctx.say(`secretary-decided-${answer}`));
      if (before.isAllowed === null) {
        await ctx.editMessageText(ctx.say(`secretary-asked-${answer}`, { name: isolate(before.name) }));
        return;
      }
      const { text, reply_markup } = renderPeers(
        texts,
        languageOf(ctx),
        known,
        await connections.listPeers(known.id),
      );
      await ctx.editMessageText(text, { reply_markup });
    });
    offered.use(createNotePressHandlers(dependencies), createDraftHandlers(dependencies));
    return composer;
  },
};

/** Makes the change that a button asks for. Resolves to the connection; null for a button that is not the user's. */
async function applyPress(
  { connections }: Pick<SecretaryDependencies, 'connections'>,
  id: number,
  userId: number,
  name: string,
  value: string,
) {
  if (name === 'people' || (name === 'page' && (value === 'main' || value === 'engine')))
    return connections.find(id, userId);
  const change = changeOf(name, value);
  return change === null ? null : connections.change(id, userId, change);
}

/** Returns the change that callback data names; null for anything else, because clients can send any text. */
function changeOf(name: string, value: string): ConnectionChange | null {
  switch (name) {
    case 'notes': {
      const notes = noteChoices.find((choice) => choice === value);
      return notes === undefined ? null : { notes };
    }
    case 'senders': {
      const senders = senderChoices.find((choice) => choice === value);
      return senders === undefined ? null : { senders };
    }
    case 'kept': {
      const retentionHours = retentionHoursChoices.find((choice) => `${choice}` === value);
      return retentionHours === undefined ? null : { retentionHours };
    }
    case 'engine':
      return isEngineId(value) ? { engine: value } : null;
    case 'files':
      return value === 'on' || value === 'off' ? { withFiles: value === 'on' } : null;
    case 'deleted':
      return value === 'go' || value === 'stay' ? { removesDeleted: value === 'go' } : null;
    default:
      return null;
  }
}
