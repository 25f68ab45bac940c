import type { Message, User } from 'grammy/types';
import { decideAccess } from '../../../domain/account.ts';
import { megabytes } from '../../../texts/format.ts';
import { refusalText } from '../../../texts/refusal.ts';
import { type BotContext, type BotDependencies, languageOf } from '../../context.ts';
import { personOf, threadOf } from '../../upload.ts';
import { quietMs } from '../gate/gate.ts';
import type { Ask } from './ask.ts';
import { askWhoWantsIt } from './hidden.ts';
import { say } from './say.ts';
import { take } from './take.ts';

/** Handles a request in a group: puts the upload into the user's lane, or replies why not. */
export async function transcribeAsked(
  dependencies: BotDependencies,
  ctx: BotContext,
  message: Message,
  { how, audio, words }: Ask,
): Promise<void> {
  const person = personIn(message);
  // A mention without an upload is a conversation about the bot.
  if (audio === null && how === 'mention') return;
  if (audio === null) return say(ctx, message, ctx.say('transcribe-how'));
  if (person === null) return askWhoWantsIt(ctx, audio);
  await transcribeFor(dependencies, ctx, { asking: message, audio, words, person });
}

type Wish = {
  readonly asking: Message;
  readonly audio: Message;
  readonly words: string;
  readonly person: User;
};

/** Puts an upload of a group into the user's lane, or replies why not. */
export async function transcribeFor(
  dependencies: BotDependencies,
  ctx: BotContext,
  { asking, audio, words, person }: Wish,
): Promise<void> {
  const { accounts, access, groups, links, texts, timeZone, downloadLimitBytes } = dependencies;
  const owner = await accounts.upsert(personOf(person));
  ctx.account = owner;
  const standing = decideAccess(owner, access);
  if (standing !== 'welcome') {
    if (!(await accounts.noteRefusal(owner.id, quietMs))) return;
    return say(ctx, asking, ctx.say(`access-${standing}`, { id: String(owner.id) }));
  }
  const settings = await groups.settings(asking.chat.id);
  const file = await take(dependencies, ctx, { audio, owner, words, threadId: threadOf(asking) }, settings);
  switch (file.outcome) {
    case 'taken':
      return;
    case 'already':
      return say(ctx, asking, ctx.say('transcribe-already'), file.statusMessageId ?? audio.message_id);
    case 'not-media':
      return say(ctx, asking, ctx.say('not-media'));
    case 'refused-link':
      return say(ctx, asking, ctx.say(`links-${file.refusal}`));
    case 'too-large': {
      const limit = megabytes(texts, languageOf(ctx), downloadLimitBytes);
      return say(ctx, asking, ctx.say('transcribe-too-large', { limit, links: links.areOn ? 'on' : 'off' }));
    }
    case 'full':
    case 'spent':
      return say(ctx, asking, refusalText(texts, languageOf(ctx), file, timeZone));
  }
}

/**
 * Returns the author of a message; null when it was sent in the name of the group, a channel or a
 * bot.
 */
function personIn({ from, sender_chat }: Message): User | null {
  return from === undefined || from.is_bot || sender_chat !== undefined ? null : from;
}
