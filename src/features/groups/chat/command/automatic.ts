import type { Message } from 'grammy/types';
import { type BotContext, languageOf } from '../../../../bot/context.ts';
import { accountOf, threadOf } from '../../../../bot/upload.ts';
import { type Account, decideAccess } from '../../../../domain/account.ts';
import type { Upload } from '../../../../domain/transcription.ts';
import { formatDateTime, isolate } from '../../../../texts/format.ts';
import { isGroupAdmin } from '../admins.ts';
import type { TranscribeDependencies } from './asked.ts';
import { submitRequest } from './submit-request.ts';

/**
 * Transcribes every voice message of a group in which an admin switched that on. The transcription
 * belongs to the sender, or to that admin when the message was sent anonymously; the admin's quota
 * is charged for all of them. Automatic mode ends when that admin loses access to the bot or is no
 * longer an admin of the group. Messages that do not fit into the quota are left out. The group is
 * notified once of each. A sender without access is ignored silently.
 */
export async function transcribeUnasked(
  dependencies: TranscribeDependencies,
  ctx: BotContext,
  audio: Message,
): Promise<void> {
  if (audio.voice === undefined && audio.video_note === undefined) return;
  const settings = await dependencies.groups.settings(audio.chat.id);
  const { automaticBy } = settings;
  if (automaticBy === null && settings.isAbandoned !== true) return;
  const payer = automaticBy === null ? null : await payerOf(dependencies, ctx, automaticBy);
  if (payer === null) {
    const isFirst = await dependencies.groups.stopAutomatic(audio.chat.id, automaticBy);
    if (isFirst) await tell(ctx, audio, ctx.say('transcribe-automatic-ended'));
    return;
  }
  const owner = await ownerOf(dependencies, audio, payer);
  if (owner === null) return;
  const outcome = await submitRequest(
    dependencies,
    ctx,
    { audio, owner, words: '', threadId: threadOf(audio), paidBy: payer.id },
    settings,
  );
  if (outcome.outcome === 'taken') return;
  dependencies.log.debug({ outcome: outcome.outcome }, 'a voice message of a group was passed over');
  // A message longer than the whole quota never fits, so nothing has ended.
  if (outcome.outcome !== 'spent' || outcome.again === null) return;
  if (!(await dependencies.groups.recordSpentNotice(audio.chat.id, payer.id, outcome.again))) return;
  const name = isolate(payer.firstName);
  const again = formatDateTime(languageOf(ctx), outcome.again, dependencies.timeZone);
  await tell(ctx, audio, ctx.say('transcribe-automatic-spent', { name, again }));
}

/**
 * Returns the admin who switched automatic mode on, while they have access and are an admin of the
 * group; otherwise null.
 */
async function payerOf(
  { accounts, access }: Pick<TranscribeDependencies, 'accounts' | 'access'>,
  ctx: BotContext,
  admin: number,
): Promise<Account | null> {
  const account = await accounts.find(admin);
  const isWelcome = account !== null && decideAccess(account, access) === 'welcome';
  return isWelcome && (await isGroupAdmin(ctx, admin)) ? account : null;
}

/** Returns the user to whom the transcription belongs; null when that user has no access. */
async function ownerOf(
  { accounts, access }: Pick<TranscribeDependencies, 'accounts' | 'access'>,
  { from, sender_chat }: Message,
  payer: Account,
): Promise<Upload['user'] | null> {
  if (from === undefined || sender_chat !== undefined || from.is_bot) return payer;
  const account = await accounts.upsert(accountOf(from));
  return decideAccess(account, access) === 'welcome' ? account : null;
}

async function tell(ctx: BotContext, audio: Message, text: string): Promise<void> {
  const threadId = threadOf(audio);
  ctx.confirmUpdate();
  await ctx.reply(text, threadId === null ? {} : { message_thread_id: threadId });
}
