import { Composer } from 'grammy';
import type { BusinessMessagesDeleted, Message } from 'grammy/types';
import { deleteFile } from '../../../app/lane/delete-file.ts';
import { dispatch } from '../../../app/lane/dispatch.ts';
import { logError } from '../../../app/log-error.ts';
import type { ConnectedAccounts } from '../../../app/ports/connected-accounts.ts';
import type { Messenger } from '../../../app/ports/messenger.ts';
import type { BotContext } from '../../../bot/context.ts';
import type { Feature } from '../../../bot/feature.ts';
import { type Attachment, accountOf, attachmentOf, toUpload } from '../../../bot/upload.ts';
import { decideAccess } from '../../../domain/account.ts';
import { formatDuration, formatMegabytes, isolate } from '../../../texts/format.ts';
import { renderRefusal } from '../../../texts/refusal.ts';
import type { Texts } from '../../../texts/texts.ts';
import { type ApplyConnectionDependencies, applyConnection } from '../apply-connection.ts';
import {
  type IncomingNote,
  type NoteOutcome,
  type ReceiveNoteDependencies,
  receiveNote,
} from '../receive-note.ts';
import { renderAsk, renderConnection } from './settings-view.ts';

export type IncomingDependencies = ApplyConnectionDependencies &
  ReceiveNoteDependencies & {
    readonly connectedAccounts: ConnectedAccounts;
    readonly messenger: Messenger;
    readonly texts: Texts;
    /** IANA time zone of users whose own one is unknown. */
    readonly timeZone: string;
  };

/** Time for which the owner is not told again why notes are left out, in ms. */
const toldMs = 6 * 3_600_000;

/**
 * What comes over the connections of the bot to users' accounts: connections and their ends, notes, and deletions.
 * Somebody who writes there gets no account and no answer; every such update ends here. Must come before the gate.
 */
export const connectedAccountsFeature: Feature<IncomingDependencies> = {
  install(dependencies) {
    const composer = new Composer<BotContext>();
    composer.on('business_connection', (ctx) =>
      noticeConnection(dependencies, ctx, ctx.businessConnection.id),
    );
    composer.on('business_message', (ctx) => noticeMessage(dependencies, ctx, ctx.businessMessage));
    // Not requested: a note stays the same when its caption changes. One that comes all the same ends here.
    composer.on('edited_business_message', () => undefined);
    composer.on('deleted_business_messages', (ctx) =>
      noticeDeleted(dependencies, ctx, ctx.deletedBusinessMessages),
    );
    return composer;
  },
};

/**
 * Stores a connection, or its end, and greets the user of a new one. Telegram is asked what holds now, so that an
 * update that is late or forged changes nothing.
 */
async function noticeConnection(
  dependencies: IncomingDependencies,
  ctx: BotContext,
  connectionKey: string,
): Promise<void> {
  const { connectedAccounts, connections, accounts, access, reports, texts } = dependencies;
  const account = await connectedAccounts.find(connectionKey);
  const known = await connections.findByKey(connectionKey);
  if (account === null) {
    if (known !== null && !known.isEnded)
      await applyConnection(dependencies, { ...known, isEnabled: false, connectedAt: new Date() });
    return;
  }
  if (!account.isEnabled && (known === null || known.isEnded)) return;
  const owner = await accounts.upsert(account.user);
  const standing = decideAccess(owner, access);
  if (standing !== 'welcome' && account.isEnabled) {
    const refusal = texts(owner.languageCode, `access-${standing}`, { id: String(owner.id) });
    await ctx.api.sendMessage(account.userChatId, refusal);
    return;
  }
  const { connection, isNew } = await applyConnection(dependencies, account);
  ctx.confirmUpdate();
  if (!account.isEnabled) {
    await ctx.api.sendMessage(account.userChatId, texts(owner.languageCode, 'secretary-ended'));
    return;
  }
  if (!isNew) return;
  const page = renderConnection(texts, owner.languageCode, connection, await reports.offers(), 'main');
  const greeting = texts(owner.languageCode, 'secretary-greeting');
  await ctx.api.sendMessage(account.userChatId, `${greeting}\n\n${page.text}`, {
    reply_markup: page.reply_markup,
  });
}

/** Takes a note. Messages that are no speech are not even looked up. */
async function noticeMessage(
  dependencies: IncomingDependencies,
  ctx: BotContext,
  message: Message,
): Promise<void> {
  const note = noteIn(ctx.me.id, message);
  if (note === null) return;
  const { outcome, followUp } = await receiveNote(dependencies, ctx.me.id, note);
  ctx.confirmUpdate();
  await followUp();
  if (outcome.outcome === 'taken' || outcome.outcome === 'ignored') return;
  await tellOwner(dependencies, ctx, message, outcome).catch((error) =>
    logError(dependencies.log, 'warn', { user: outcome.owner.id }, error, 'owner not told about a note'),
  );
}

/** Returns the note in a message; null for a message that is no speech, or that a bot sent in somebody's name. */
function noteIn(botId: number, message: Message): IncomingNote | null {
  const { voice, audio, video_note, business_connection_id: connectionKey, from, chat } = message;
  if ((voice ?? audio ?? video_note) === undefined || connectionKey === undefined || from === undefined)
    return null;
  if (message.sender_business_bot !== undefined || chat.type !== 'private') return null;
  const attachment = attachmentOf(message) as Exclude<Attachment, { kind: 'not-media' }>;
  const { messageId, ...upload } = toUpload(botId, message, attachment, accountOf(from));
  const username = chat.username?.replaceAll('\0', '') ?? null;
  return {
    connectionKey,
    senderId: from.id,
    place: { peerId: chat.id, messageId, peerName: nameOf(message), username },
    // The caption of somebody else sets no options, and no engine.
    upload: { ...upload, engine: null, language: null, formats: [], speakers: null },
  };
}

/** Tells the owner why a note is left out, at most once in a while. */
async function tellOwner(
  { connections, texts, timeZone, downloadLimitBytes }: IncomingDependencies,
  ctx: BotContext,
  message: Message,
  outcome: Exclude<NoteOutcome, { outcome: 'taken' | 'ignored' }>,
): Promise<void> {
  const { connection, owner } = outcome;
  const language = owner.languageCode;
  const name = isolate(nameOf(message));
  if (outcome.outcome === 'ask') {
    const seconds = message.voice?.duration ?? message.audio?.duration ?? message.video_note?.duration ?? 0;
    const duration = formatDuration(texts, language, seconds);
    const { text, reply_markup } = renderAsk(texts, language, connection.id, message.chat.id, {
      name,
      duration,
    });
    await ctx.api.sendMessage(connection.userChatId, text, { reply_markup });
    return;
  }
  const until = outcome.outcome === 'refused' ? untilOf(outcome.refusal) : new Date(Date.now() + toldMs);
  if (!(await connections.recordOwnerNotice(connection.id, until))) return;
  const text =
    outcome.outcome === 'too-large'
      ? texts(language, 'secretary-too-large', {
          name,
          limit: formatMegabytes(texts, language, downloadLimitBytes),
        })
      : outcome.refusal === null
        ? texts(language, 'secretary-no-engine', { name })
        : texts(language, 'secretary-refused', {
            name,
            reason: renderRefusal(texts, language, outcome.refusal, timeZone),
          });
  await ctx.api.sendMessage(connection.userChatId, text);
}

function untilOf(refusal: (NoteOutcome & { outcome: 'refused' })['refusal']): Date {
  const again = refusal?.outcome === 'spent' ? refusal.again : null;
  return again ?? new Date(Date.now() + toldMs);
}

/** Returns the name of the other one in a private chat, without NUL, which PostgreSQL's `text` cannot hold. */
function nameOf({ chat }: Message): string {
  const names = chat.type === 'private' ? [chat.first_name, chat.last_name] : [];
  return names.filter(Boolean).join(' ').replaceAll('\0', '');
}

/**
 * Follows the deletion of messages. A note that is not transcribed yet is deleted; with a text, only if the owner has
 * chosen so.
 */
async function noticeDeleted(
  dependencies: IncomingDependencies,
  ctx: BotContext,
  { business_connection_id, chat, message_ids }: BusinessMessagesDeleted,
): Promise<void> {
  const { connections, notes, lanes } = dependencies;
  const connection = await connections.findByKey(business_connection_id);
  if (connection === null || connection.isEnded) return;
  for (const note of await notes.listByPlace(connection.id, chat.id, message_ids)) {
    const file = await lanes.find(note.id, connection.userId);
    if (file === null) continue;
    const isOver = ['COMPLETED', 'FAILED', 'CANCELLED'].includes(file.state);
    if (isOver && !connection.removesDeleted) continue;
    if (file.statusMessageId === null) {
      const deleted = await lanes.delete(note.id, connection.userId);
      if (deleted.outcome === 'deleted') await dispatch(dependencies, deleted.next);
    } else {
      await (await deleteFile(dependencies, file, connection.userId)).followUp();
    }
  }
  ctx.confirmUpdate();
}
