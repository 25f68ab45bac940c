import type { Clips } from '../app/ports/clips.ts';
import { clockTime } from '../domain/clock-time.ts';
import type { Clip } from '../domain/delivery.ts';
import { isolate } from '../texts/format.ts';
import type { Texts } from '../texts/texts.ts';
import { attempt, createApi, type TelegramSettings } from './api.ts';
import { createNamedFile } from './named-file.ts';
import { asReply } from './send-options.ts';

/** Sends audio clips as voice messages through the Bot API. */
export function createClips(settings: TelegramSettings, texts: Texts): Clips {
  const api = { text: createApi(settings, 'long'), files: createApi(settings, 'upload') };
  const variables = ({ word, start }: Clip) => ({ word: isolate(word), time: isolate(clockTime(start)) });
  return {
    async send(to, clip, bytes, seconds) {
      const message = await attempt(
        api.files.sendVoice(to.chatId, createNamedFile(bytes, 'clip.ogg'), {
          ...asReply(to),
          duration: seconds,
          caption: texts(
            to.languageCode,
            clip.speaker === undefined ? 'low-confidence-clip' : 'speakers-clip',
            variables(clip),
          ),
        }),
      );
      return message.message_id;
    },
    async sendNone(to, clip) {
      const key = clip.speaker === undefined ? 'low-confidence-no-clip' : 'speakers-no-clip';
      const text = texts(to.languageCode, key, variables(clip));
      return (await attempt(api.text.sendMessage(to.chatId, text, asReply(to)))).message_id;
    },
  };
}
