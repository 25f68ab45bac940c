import type { NotifyRole } from '../app/ports/role-messages.ts';
import type { Texts } from '../texts/texts.ts';
import { attempt, createApi, type TelegramSettings } from './api.ts';

/** Tells users through the Bot API that they are now admins, or no longer. */
export function createNotifyRole(settings: TelegramSettings, texts: Texts): NotifyRole {
  const api = createApi(settings, 'long');
  return async ({ id, languageCode }, role) => {
    await attempt(api.sendMessage(id, texts(languageCode, `admin-chat-told-${role}`)));
  };
}
