import type { Method } from '../core.ts';
import { maxTextLength } from '../limits.ts';
import { isGroup } from '../state/state.ts';
import { formatText } from '../text/text.ts';
import { badRequest } from './bot-api-error.ts';
import { readWritableChat } from './lookup.ts';

/** Shows a text that is still being written. It is no message: it has no id, and the next message replaces it. */
const sendMessageDraft: Method = (core, parameters) => {
  const raw = parameters.text('text');
  const { text, entities } = formatText(raw, parameters.text('parse_mode'), parameters.json('entities'));
  if (text.length > maxTextLength) throw badRequest('message is too long');
  const int32 = 2 ** 31 - 1;
  // "must be non-zero" (sendMessageDraft); the words of the refusal are not documented.
  if (parameters.integer('draft_id', 0, -int32, int32) === 0) throw badRequest('RANDOM_ID_INVALID');
  const peer = readWritableChat(core, parameters);
  if (isGroup(peer)) throw badRequest('TEXTDRAFT_PEER_INVALID');
  core.events.send(peer.id, 'draft', { text, entities });
  return { result: true };
};

/** The method that streams a text before it is sent. */
export const draftMethods = { sendMessageDraft } as const;
