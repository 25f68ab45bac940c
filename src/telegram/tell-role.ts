import type { TellRole } from '../app/ports/role-messages.ts';
import type { Texts } from '../texts/texts.ts';
import { createApi, type TelegramSettings } from './api.ts';
import { attempt } from './attempt.ts';

/** Tells users through the Bot API that they are now admins, or no longer. */
export function createTellRole(settings: TelegramSettings, texts: Texts): TellRole {
  const api = createApi(settings, 'long');
  return async ({ id, languageCode }, role) => {
    await attempt(api.sendMessage(id, texts(languageCode, `admin-chat-told-${role}`)));
  };
}
