import type { MessageEntity } from '@grammyjs/types';
import type { BusinessChat } from '../business/business-chat.ts';
import { asReply, type MessageContent } from '../conversation.ts';
import type { Core } from '../core.ts';
import { topicFor } from '../groups/access.ts';
import { isGroup, type Peer } from '../state/state.ts';
import { formatText } from '../text/text.ts';
import { badRequest } from './bot-api-error.ts';
import type { Parameters } from './parameters.ts';

/**
 * Reads `reply_parameters` (or the older `reply_to_message_id`) and, in a group, `message_thread_id`.
 * @returns the fields that make a message a reply and put it into a topic; none when it is no reply, or when
 * the replied message is gone and the bot allowed that
 */
export function readResponse(core: Core, parameters: Parameters, peer: Peer | BusinessChat): MessageContent {
  const reply = readReplied(core, parameters, peer);
  if ('connection' in peer || !isGroup(peer)) return reply;
  const named = parameters.integer('message_thread_id', 0, 0, Number.MAX_SAFE_INTEGER);
  const topic = topicFor(peer, named, reply.reply_to_message?.message_thread_id);
  return { ...reply, ...(topic !== undefined && { message_thread_id: topic, is_topic_message: true }) };
}

function readReplied(core: Core, parameters: Parameters, peer: { readonly id: number }): MessageContent {
  const value = parameters.jsonOr('reply_parameters', "can't parse reply parameters JSON object");
  if (value === undefined) {
    const messageId = parameters.integer('reply_to_message_id', 0, 0, Number.MAX_SAFE_INTEGER);
    if (messageId === 0) return {};
    return replyTo(core, peer, messageId, parameters.flag('allow_sending_without_reply'), undefined);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('object expected as reply parameters');
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  const messageId = Number(fields.get('message_id'));
  if (!fields.has('message_id'))
    throw badRequest('can\'t parse ReplyParameters: Can\'t find field "message_id"');
  if (!Number.isInteger(messageId)) {
    throw badRequest('can\'t parse ReplyParameters: Field "message_id" must be of type Number');
  }
  const quote = fields.get('quote');
  return replyTo(core, peer, messageId, fields.get('allow_sending_without_reply') === true, {
    text: typeof quote === 'string' ? quote : '',
    entities: fields.get('quote_entities'),
    parseMode: String(fields.get('quote_parse_mode') ?? ''),
  });
}

function replyTo(
  core: Core,
  peer: { readonly id: number },
  messageId: number,
  allowMissing: boolean,
  quote: { readonly text: string; readonly entities: unknown; readonly parseMode: string } | undefined,
): MessageContent {
  const replied = core.conversation.find(peer.id, messageId)?.message;
  if (!replied) {
    if (allowMissing) return {};
    throw badRequest('message to be replied not found');
  }
  const reply = { reply_to_message: asReply(replied) };
  if (!quote || quote.text === '') return reply;
  const { text, entities } = formatText(quote.text, quote.parseMode, quote.entities);
  const position = (replied.text ?? replied.caption ?? '').indexOf(text);
  // 0-1024 characters, "an exact substring of the message to be replied to" (ReplyParameters).
  if (position < 0 || text.length > 1024) throw badRequest('QUOTE_TEXT_INVALID');
  const kept: MessageEntity[] = [...entities];
  return { ...reply, quote: { text, position, is_manual: true, ...(kept.length > 0 && { entities: kept }) } };
}
