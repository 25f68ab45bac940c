import type { Message } from 'grammy/types';
import { readCorrections } from '../../../domain/correction/notes.ts';
import type { BotDependencies } from '../../context.ts';

/** Whether a message is `wrong → right`, as a reply to a transcript of whoever wrote it; everything else is talk. */
export async function isOwnCorrection(
  { groups }: BotDependencies,
  { text, from, chat, reply_to_message: replied }: Message,
): Promise<boolean> {
  if (text === undefined || replied === undefined || readCorrections(text) === null) return false;
  return (await groups.ownerOf(chat.id, replied.message_id)) === from?.id;
}
