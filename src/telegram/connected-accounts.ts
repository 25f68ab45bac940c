import { GrammyError } from 'grammy';
import type { ConnectedAccounts, OwnerMessageResult } from '../app/ports/connected-accounts.ts';
import { createApi, type TelegramSettings, toDeliveryError } from './api.ts';
import { noPreview } from './send-options.ts';

/** Reads connections and sends messages in users' names through the Bot API. */
export function createConnectedAccounts(settings: TelegramSettings): ConnectedAccounts {
  const reading = createApi(settings, 'short');
  const sending = createApi(settings, 'once');
  return {
    async find(connectionKey) {
      try {
        const { id, user, user_chat_id, rights, is_enabled, date } =
          await reading.getBusinessConnection(connectionKey);
        return {
          connectionKey: id,
          userId: user.id,
          user: {
            id: user.id,
            firstName: user.first_name,
            lastName: user.last_name ?? null,
            username: user.username ?? null,
            languageCode: user.language_code ?? null,
          },
          userChatId: user_chat_id,
          canReply: rights?.can_reply === true,
          isEnabled: is_enabled,
          connectedAt: new Date(date * 1_000),
        };
      } catch (error) {
        if (error instanceof GrammyError && (error.error_code === 400 || error.error_code === 404))
          return null;
        throw toDeliveryError(error);
      }
    },

    async send({ connectionKey, chatId, text, replyTo }) {
      try {
        const { message_id } = await sending.sendMessage(chatId, text, {
          ...noPreview,
          business_connection_id: connectionKey,
          reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
        });
        return { outcome: 'sent', messageId: message_id };
      } catch (error) {
        return resultOf(error);
      }
    },
  };
}

/** Errors of Telegram (core.telegram.org/method/messages.sendMessage). */
const reasons = [
  [/BUSINESS_CONNECTION_INVALID|business connection not found/i, 'ended'],
  [/BOT_ACCESS_FORBIDDEN|BUSINESS_CONNECTION_NOT_ALLOWED|BUSINESS_PEER_INVALID/i, 'rights'],
  [/BUSINESS_PEER_USAGE_MISSING/i, 'window'],
] as const;

function resultOf(error: unknown): OwnerMessageResult {
  // Without an answer, or with an error of the server, the message may have been sent.
  if (!(error instanceof GrammyError) || error.error_code >= 500) return { outcome: 'unknown' };
  if (error.error_code === 429) return { outcome: 'later' };
  const reason = reasons.find(([pattern]) => pattern.test(error.description))?.[1] ?? 'other';
  return { outcome: 'refused', reason };
}
