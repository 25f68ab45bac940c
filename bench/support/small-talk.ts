import type { Chat, Message, User } from 'grammy/types';
import type { Telegram } from './telegram.ts';

/** Updates that bring no voice note in a private chat: commands, inline queries, and files in groups. */
export class SmallTalk {
  readonly commands = [
    'history',
    'settings',
    'queue',
    'help',
    'usage',
    'glossary',
    'mydata',
    'language',
  ] as const;
  readonly #telegram: Telegram;
  /** Apart from the numbers of the crowd's messages. */
  #messages = 10_000_000;

  constructor(telegram: Telegram) {
    this.#telegram = telegram;
  }

  command(userId: number, name: string): void {
    const from = userOf(userId);
    const entities = [{ type: 'bot_command' as const, offset: 0, length: name.length + 1 }];
    const chat: Chat.PrivateChat = { id: userId, type: 'private', first_name: from.first_name };
    this.#telegram.deliver({
      message: { ...this.#message(chat, from), text: `/${name}`, entities } as Message & never,
    });
  }

  inlineQuery(userId: number, query: string): void {
    this.#messages += 1;
    this.#telegram.deliver({
      inline_query: { id: String(this.#messages), from: userOf(userId), query, offset: '' },
    });
  }

  groupFile(chatId: number, userId: number): void {
    const chat: Chat.GroupChat = { id: chatId, type: 'group', title: 'گروه' };
    const message = this.#message(chat, userOf(userId));
    const voice = {
      file_id: 'voice',
      file_unique_id: `group-${message.message_id}`,
      duration: 5,
      mime_type: 'audio/ogg',
    };
    this.#telegram.deliver({ message: { ...message, voice } as Message & never });
  }

  #message(chat: Chat.PrivateChat | Chat.GroupChat, from: User) {
    this.#messages += 1;
    return { message_id: this.#messages, date: 1_795_000_000, chat, from };
  }
}

function userOf(id: number): User {
  return { id, is_bot: false, first_name: 'سارا', language_code: id % 2 === 0 ? 'fa' : 'en' };
}
