import type { Message, User } from 'grammy/types';
import { type BotContext, languageOf } from '../../../../bot/context.ts';
import { type ZoneDependencies, zoneOf } from '../../../../bot/reader.ts';
import { accountOf, threadOf } from '../../../../bot/upload.ts';
import { type AccessRules, decideAccess } from '../../../../domain/account.ts';
import { formatMegabytes } from '../../../../texts/format.ts';
import { renderRefusal } from '../../../../texts/refusal.ts';
import type { Texts } from '../../../../texts/texts.ts';
import { type Accounts, quietMs } from '../../../accounts/index.ts';
import { askWhoWantsIt } from './anonymous-sender.ts';
import type { Ask } from './ask.ts';
import { type SubmitRequestDependencies, submitRequest } from './submit-request.ts';

export type TranscribeDependencies = SubmitRequestDependencies &
  ZoneDependencies & {
    readonly accounts: Accounts;
    readonly access: AccessRules;
    readonly texts: Texts;
  };

/** Handles a request in a group: puts the upload into the user's lane, or replies why not. */
export async function transcribeAsked(
  dependencies: TranscribeDependencies,
  ctx: BotContext,
  message: Message,
  { how, audio, words }: Ask,
): Promise<void> {
  const asker = senderOf(message);
  // A mention without an upload is a conversation about the bot.
  if (audio === null && how === 'mention') return;
  if (audio === null) return say(ctx, message, ctx.say('transcribe-how'));
  if (asker === null) return askWhoWantsIt(ctx, audio);
  await transcribeFor(dependencies, ctx, { asking: message, audio, words, asker });
}

type TranscriptionRequest = {
  readonly asking: Message;
  readonly audio: Message;
  readonly words: string;
  readonly asker: User;
};

/** Puts an upload of a group into the user's lane, or replies why not. */
export async function transcribeFor(
  dependencies: TranscribeDependencies,
  ctx: BotContext,
  { asking, audio, words, asker }: TranscriptionRequest,
): Promise<void> {
  const { accounts, access, groups, links, texts, downloadLimitBytes } = dependencies;
  const owner = await accounts.upsert(accountOf(asker));
  ctx.account = owner;
  const standing = decideAccess(owner, access);
  if (standing !== 'welcome') {
    if (!(await accounts.recordRefusal(owner.id, quietMs))) return;
    return say(ctx, asking, ctx.say(`access-${standing}`, { id: String(owner.id) }));
  }
  const settings = await groups.settings(asking.chat.id);
  const file = await submitRequest(
    dependencies,
    ctx,
    { audio, owner, words, threadId: threadOf(asking) },
    settings,
  );
  switch (file.outcome) {
    case 'taken':
      return;
    case 'already':
      return say(ctx, asking, ctx.say('transcribe-already'), file.statusMessageId ?? audio.message_id);
    case 'not-media':
      return say(ctx, asking, ctx.say('not-media'));
    case 'empty':
      return say(ctx, asking, ctx.say('error-file_empty'));
    case 'refused-link':
      return say(ctx, asking, ctx.say(`links-${file.refusal}`));
    case 'too-large': {
      const limit = formatMegabytes(texts, languageOf(ctx), downloadLimitBytes);
      return say(ctx, asking, ctx.say('transcribe-too-large', { limit, links: links.areOn ? 'on' : 'off' }));
    }
    case 'full':
    case 'spent':
      return say(ctx, asking, renderRefusal(texts, languageOf(ctx), file, await zoneOf(dependencies, ctx)));
  }
}

/**
 * Returns the author of a message; null when it was sent in the name of the group, a channel or a
 * bot.
 */
function senderOf({ from, sender_chat }: Message): User | null {
  return from === undefined || from.is_bot || sender_chat !== undefined ? null : from;
}

/**
 * Answers a message of a group in its topic.
 * @param to id of the message to reply to, when it is another one
 */
async function say(
  ctx: BotContext,
  { message_id, is_topic_message, message_thread_id }: Message,
  text: string,
  to = message_id,
): Promise<void> {
  await ctx.reply(text, {
    reply_parameters: { message_id: to, allow_sending_without_reply: true },
    ...(is_topic_message && message_thread_id !== undefined && { message_thread_id }),
  });
}
