import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { Frames } from '../app/ports/frames.ts';
import type { Addressee } from '../app/ports/lanes.ts';
import type { Messenger } from '../app/ports/messenger.ts';
import { isAnnouncedEnd, type StatusView } from '../domain/status.ts';
import type { Texts } from '../texts/texts.ts';
import { renderBundleButtons } from './answer-message.ts';
import {
  attempt,
  createApi,
  isEditClosed,
  isEditImpossible,
  isNotModified,
  isRefused,
  type TelegramSettings,
  toDeliveryError,
} from './api.ts';
import { entitiesOf } from './entities.ts';
import { frameMessage } from './frame-message.ts';
import { createNamedFile } from './named-file.ts';
import { renderStatus } from './render-status.ts';
import { asReply, inThread, noPreview } from './send-options.ts';
import type { StatusMessage } from './status-message.ts';

/** Views that the first message of a note may show. */
const firstViewsOfNotes: ReadonlySet<StatusView['kind']> = new Set(['completed', 'failed']);

/** Views that report an ending and must arrive. All others are progress. */
const endings: ReadonlySet<StatusView['kind']> = new Set(['cancelled', 'completed', 'failed', 'deleted']);

/** Stands for frames where no account is connected. */
const noFrames: Frames = { find: async () => null };

/**
 * Sends answers through the Bot API. Every failure is a DeliveryError.
 * @param frames headings and buttons of texts that belong to a connected account
 */
export function createMessenger(
  settings: TelegramSettings,
  texts: Texts,
  frames: Frames = noFrames,
): Messenger {
  const { rateLimiter } = settings;
  const api = {
    progress: createApi(settings, 'none'),
    picker: createApi(settings, 'short'),
    text: createApi(settings, 'long'),
    files: createApi(settings, 'upload'),
  };
  async function remove(to: Pick<Addressee, 'chatId'>, messageIds: readonly number[]): Promise<void> {
    // A hundred at a time (Bot API, `deleteMessages`).
    for (let start = 0; start < messageIds.length; start += 100) {
      const batch = messageIds.slice(start, start + 100);
      try {
        await api.text.deleteMessages(to.chatId, batch);
      } catch (error) {
        // Telegram refuses to delete messages older than two days.
        if (toDeliveryError(error).kind !== 'refused') throw toDeliveryError(error);
      }
    }
  }

  /** Returns the status message of a view, with the frame of a transcription that has a purpose. */
  async function render(to: Addressee, view: StatusView, isUnfolded = false): Promise<StatusMessage> {
    const message = renderStatus(texts, to, view, isUnfolded);
    const frame = to.purpose == null ? null : await frames.find(to.id);
    if (frame === null) return message;
    return frameMessage(texts, to.languageCode, to.id, frame, message, hasAnswer(view));
  }

  /**
   * Deletes a status message. One that is too old for Telegram (two days, Bot API, `deleteMessage`) is edited into a
   * line that says where the end is, so that it does not look as if the file were still running.
   */
  async function removeOrClose(to: Addressee, messageId: number): Promise<void> {
    try {
      await api.text.deleteMessage(to.chatId, messageId);
    } catch (error) {
      if (toDeliveryError(error).kind !== 'refused') throw toDeliveryError(error);
      await api.text
        .editMessageText(to.chatId, messageId, texts(to.languageCode, 'status-below'))
        .catch((again) => {
          if (toDeliveryError(again).kind !== 'refused') throw toDeliveryError(again);
        });
    }
  }

  /**
   * Sends the status message or edits it.
   * @param look how a transcript's text is shown: with its formatting and the button that copies it, or without both
   */
  async function show(
    to: Addressee,
    view: StatusView,
    look: 'formatted' | 'plain',
    how?: 'edit',
  ): Promise<number | null> {
    // Nobody waits for a note of a connected account: it has no message before its text.
    if (to.purpose === 'note' && to.statusMessageId === null && !firstViewsOfNotes.has(view.kind))
      return null;
    const { text, entities, keyboard } = await render(to, view);
    const content = {
      ...noPreview,
      ...(look === 'formatted' && entities.length > 0 && { entities: [...entities] }),
      reply_markup: look === 'formatted' ? keyboard : withoutCopying(keyboard),
    };
    // The note itself made a sound.
    const isAnnounced = isAnnouncedEnd(view) && to.purpose !== 'note';
    // Removed before the new one is sent: if the process dies in between, no message looks as if the file were still
    // running.
    if (isAnnounced && to.statusMessageId !== null) await removeOrClose(to, to.statusMessageId);
    const send = async () => {
      const message = await attempt(
        (view.kind === 'choosing' ? api.picker : api.text).sendMessage(to.chatId, text, {
          ...asReply(to),
          ...content,
          disable_notification: !isAnnounced,
        }),
      );
      return message.message_id;
    };
    if (isAnnounced || to.statusMessageId === null) return send();
    const call = endings.has(view.kind) ? api.text : api.progress;
    try {
      await call.editMessageText(to.chatId, to.statusMessageId, text, content);
      return to.statusMessageId;
    } catch (error) {
      if (isNotModified(error)) return to.statusMessageId;
      if (!isEditImpossible(error)) throw toDeliveryError(error);
      // A text arrives also where Telegram no longer allows the edit.
      if (how === 'edit' || !isEditClosed(error) || !hasAnswer(view)) return null;
      await removeOrClose(to, to.statusMessageId);
      return send();
    }
  }

  return {
    async showStatus(to, view, how) {
      try {
        return await show(to, view, 'formatted', how);
      } catch (error) {
        if (!isRefused(error) || view.kind !== 'completed' || view.answer === undefined) throw error;
        // Telegram counts the offsets of some texts differently, and an old Bot API server knows no button that copies;
        // a plain text is better than none. Telegram reduces other texts to nothing; the buttons then stand under a
        // summary.
        return show(to, view, 'plain', how).catch((again) => {
          if (!isRefused(again)) throw again;
          const { answer: _, ...summary } = view;
          return show(to, summary, 'plain', how);
        });
      }
    },

    async showButtons(to, view, isUnfolded) {
      if (to.statusMessageId === null) return;
      const { keyboard } = await render(to, view, isUnfolded);
      try {
        await api.text.editMessageReplyMarkup(to.chatId, to.statusMessageId, { reply_markup: keyboard });
      } catch (error) {
        if (!isNotModified(error) && !isEditImpossible(error)) throw toDeliveryError(error);
      }
    },

    async sendText(to, message, hasSound = false) {
      const keyboard = renderBundleButtons(texts, to.languageCode, message);
      const send = (entities: MessageEntity[]) =>
        attempt(
          api.text.sendMessage(to.chatId, message.text, {
            ...asReply(to),
            ...(keyboard !== undefined && { reply_markup: keyboard }),
            ...noPreview,
            disable_notification: !hasSound,
            ...(entities.length > 0 && { entities }),
          }),
        );
      const entities = entitiesOf(message);
      const sent = await send(entities).catch((error) => {
        // Telegram counts the offsets of some texts differently; a plain text is better than none.
        if (isRefused(error) && entities.length > 0) return send([]);
        throw error;
      });
      return sent.message_id;
    },

    async sendFiles(to, files) {
      const media = files.map(({ fileName, bytes }) => ({
        type: 'document' as const,
        media: createNamedFile(bytes, fileName),
      }));
      const [only] = media;
      // An album has two to ten files (Bot API, `sendMediaGroup`).
      if (media.length === 1 && only !== undefined) {
        const message = await attempt(api.files.sendDocument(to.chatId, only.media, silentReply(to)));
        return [message.message_id];
      }
      const messages = await attempt(api.files.sendMediaGroup(to.chatId, media, silentReply(to)));
      return messages.map(({ message_id }) => message_id);
    },

    remove,

    waitForRoom: ({ chatId }, signal) => rateLimiter.waitForRoom('editMessageText', chatId, signal),

    async showActivity(to, activity) {
      if (rateLimiter.optionalWaitMs('sendChatAction', to.chatId) > 0) return;
      await api.progress.sendChatAction(to.chatId, activity, inThread(to)).catch(() => undefined);
    },
  };
}

function hasAnswer(view: StatusView): boolean {
  return view.kind === 'completed' && view.answer !== undefined;
}

/** Returns the buttons without those that copy a text (Bot API 7.11, `CopyTextButton`). */
function withoutCopying({ inline_keyboard }: InlineKeyboardMarkup): InlineKeyboardMarkup {
  return { inline_keyboard: inline_keyboard.map((row) => row.filter((button) => !('copy_text' in button))) };
}

function silentReply(to: Addressee) {
  return { ...asReply(to), disable_notification: true };
}
