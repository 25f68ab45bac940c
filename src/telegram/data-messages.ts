import type { DataMessages } from '../app/ports/data-messages.ts';
import type { Texts } from '../texts/texts.ts';
import {
  attempt,
  createApi,
  isEditImpossible,
  isNotModified,
  type TelegramSettings,
  toDeliveryError,
} from './api.ts';
import { createNamedFile } from './named-file.ts';

/** Sends the messages about exports and erasures through the Bot API. Every failure is a DeliveryError. */
export function createDataMessages(settings: TelegramSettings, texts: Texts): DataMessages {
  const api = createApi(settings, 'long');
  const uploads = createApi(settings, 'upload');
  return {
    async tell({ userId, languageCode, messageId }, text) {
      const { kind, ...variables } = text;
      const written = texts(languageCode, `mydata-${kind}`, asFluent(variables));
      if (messageId !== null) {
        try {
          await api.editMessageText(userId, messageId, written);
          return;
        } catch (error) {
          if (isNotModified(error)) return;
          if (!isEditImpossible(error)) throw toDeliveryError(error);
        }
      }
      await attempt(api.sendMessage(userId, written));
    },

    async sendArchive({ userId, languageCode }, path, number) {
      const name = [texts(languageCode, 'mydata-archive-name'), ...(number === null ? [] : [number])].join(
        ' ',
      );
      const caption = number === null ? {} : { caption: texts(languageCode, 'mydata-archive', { number }) };
      await attempt(uploads.sendDocument(userId, createNamedFile(path, `${name}.zip`), caption));
    },
  };
}

/** Returns the variables in the types that Fluent takes: numbers and strings. */
function asFluent(variables: object): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]: [string, number | boolean]) => [
      name,
      typeof value === 'boolean' ? String(value) : value,
    ]),
  );
}
