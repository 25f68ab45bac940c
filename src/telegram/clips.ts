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
          caption: texts(to.languageCode, keysOf(clip).clip, variables(clip)),
        }),
      );
      return message.message_id;
    },
    async sendNone(to, clip) {
      const text = texts(to.languageCode, keysOf(clip).none, variables(clip));
      return (await attempt(api.text.sendMessage(to.chatId, text, asReply(to)))).message_id;
    },
  };
}

/** Returns the texts of a clip, and of one that is gone: they say what a reply to it does. */
function keysOf({ speaker, isMoment }: Clip): { readonly clip: string; readonly none: string } {
  if (isMoment) return { clip: 'understanding-clip', none: 'understanding-no-clip' };
  return speaker === undefined
    ? { clip: 'low-confidence-clip', none: 'low-confidence-no-clip' }
    : { clip: 'speakers-clip', none: 'speakers-no-clip' };
}
