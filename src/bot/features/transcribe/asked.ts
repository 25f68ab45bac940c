import type { Message, User } from 'grammy/types';
import { standingOf } from '../../../domain/account.ts';
import { megabytes } from '../../../texts/format.ts';
import { refusalText } from '../../../texts/refusal.ts';
import { type BotContext, type BotDependencies, languageOf } from '../../context.ts';
import { personOf, threadOf } from '../../upload.ts';
import { quietMs } from '../gate/gate.ts';
import type { Ask } from './ask.ts';
import { take } from './take.ts';

/** The button of those who hide behind the group or a channel. */
export const minePress = 'transcribe:mine';

/** Somebody asks for a recording: into their lane, or a word why not. */
export async function transcribeAsked(
  dependencies: BotDependencies,
  ctx: BotContext,
  message: Message,
  { how, audio, words }: Ask,
): Promise<void> {
  const person = personIn(message);
  // A mention without a recording is talk about the bot.
  if (audio === null && how === 'mention') return;
  if (audio === null) return say(ctx, message, ctx.say('transcribe-how'));
  if (person === null) return askWhoWantsIt(ctx, audio);
  await transcribeFor(dependencies, ctx, { asking: message, audio, words, person });
}

/** Whoever presses the button under an audio wants it. */
export async function transcribePressed(
  dependencies: BotDependencies,
  ctx: BotContext & { from: User },
): Promise<void> {
  const question = ctx.callbackQuery?.message;
  const audio = question !== undefined && 'text' in question ? question.reply_to_message : undefined;
  await ctx.answerCallbackQuery(ctx.say(audio === undefined ? 'answer-unknown' : 'transcribe-taken'));
  if (question === undefined || audio === undefined) return;
  await transcribeFor(dependencies, ctx, { asking: audio, audio, words: '', person: ctx.from });
  await ctx.deleteMessage();
}

type Wish = {
  readonly asking: Message;
  readonly audio: Message;
  readonly words: string;
  readonly person: User;
};

async function transcribeFor(
  dependencies: BotDependencies,
  ctx: BotContext,
  { asking, audio, words, person }: Wish,
): Promise<void> {
  const { accounts, access, groups, links, texts, timeZone, downloadLimitBytes } = dependencies;
  const owner = await accounts.meet(personOf(person));
  ctx.account = owner;
  const standing = standingOf(owner, access);
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

/** Who hides behind the group or a channel has no lane: the button tells who it is. */
async function askWhoWantsIt(ctx: BotContext, audio: Message): Promise<void> {
  const button = { text: ctx.say('transcribe-button-mine'), callback_data: minePress };
  await ctx.reply(ctx.say('transcribe-who'), {
    reply_parameters: { message_id: audio.message_id, allow_sending_without_reply: true },
    reply_markup: { inline_keyboard: [[button]] },
  });
}

/** The person who wrote a message; null for one that stands under the name of the group, a channel or a bot. */
function personIn({ from, sender_chat }: Message): User | null {
  return from === undefined || from.is_bot || sender_chat !== undefined ? null : from;
}

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
