import type { Message } from 'grammy/types';
import { readCorrections } from '../../../features/corrections/index.ts';
import type { BotDependencies } from '../../context.ts';

/** Returns true for `wrong → right` as a reply to a transcript of the message's own author. */
export async function isOwnCorrection(
  { groups }: BotDependencies,
  { text, from, chat, reply_to_message: replied }: Message,
): Promise<boolean> {
  if (text === undefined || replied === undefined || readCorrections(text) === null) return false;
  return (await groups.ownerOf(chat.id, replied.message_id)) === from?.id;
}
