import type { Message } from 'grammy/types';
import { standingOf } from '../../../domain/account.ts';
import type { Upload } from '../../../domain/transcription.ts';
import type { BotContext, BotDependencies } from '../../context.ts';
import { personOf, threadOf } from '../../upload.ts';
import { take } from './take.ts';

/**
 * Every voice message, where the admins of a group have switched that on. It is its sender's own, or, when nobody sent
 * it under their own name, theirs who switched it on. Who may not use the bot, or has used up their minutes, is passed
 * over in silence.
 */
export async function writeDownUnasked(
  dependencies: BotDependencies,
  ctx: BotContext,
  audio: Message,
): Promise<void> {
  if (audio.voice === undefined && audio.video_note === undefined) return;
  const settings = await dependencies.groups.settings(audio.chat.id);
  if (settings.automaticBy === null) return;
  const owner = await ownerOf(dependencies, audio, settings.automaticBy);
  if (owner === null) return;
  const { outcome } = await take(
    dependencies,
    ctx,
    { audio, owner, words: '', threadId: threadOf(audio) },
    settings,
  );
  if (outcome !== 'taken') dependencies.log.debug({ outcome }, 'a voice message of a group was passed over');
}

async function ownerOf(
  { accounts, access }: BotDependencies,
  { from, sender_chat }: Message,
  admin: number,
): Promise<Upload['user'] | null> {
  const account =
    from === undefined || sender_chat !== undefined || from.is_bot
      ? await accounts.find(admin)
      : await accounts.meet(personOf(from));
  return account !== null && standingOf(account, access) === 'welcome' ? account : null;
}
