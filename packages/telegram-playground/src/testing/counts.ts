import type { State } from '../state/state.ts';

/** What a chat costs its reader and the bot: for tests and demos. */
export interface ChatCounts {
  /** Messages on the screen now, with those of people; each file of an album is one. */
  readonly messages: number;
  /** The bot's messages on the screen now. */
  readonly botMessages: number;
  /** The bot's albums on the screen now; their files are among `botMessages`. */
  readonly botAlbums: number;
  /** Inline buttons on the screen now. */
  readonly buttons: number;
  /**
   * Sounds since the playground started: messages of the bot without disable_notification. An album makes one
   * sound; edits, drafts and deletions make none.
   */
  readonly sounds: number;
  /** The bot's calls for this chat since the playground started, also refused ones, by method. */
  readonly calls: Readonly<Record<string, number>>;
}

/** Counts sounds and calls of each chat while the playground runs. */
export class Tally {
  readonly #calls = new Map<number, Map<string, number>>();
  readonly #sounds = new Map<number, number>();
  /** Albums that made their sound already. */
  readonly #albums = new Set<string>();

  /** Counts a call; calls for no chat, such as getUpdates, are left out. */
  call(chatId: number | undefined, method: string): void {
    if (chatId === undefined || !Number.isSafeInteger(chatId)) return;
    const calls = this.#calls.get(chatId) ?? new Map<string, number>();
    calls.set(method, (calls.get(method) ?? 0) + 1);
    this.#calls.set(chatId, calls);
  }

  /** Counts the sound of a new message; `album` is its media_group_id. */
  sound(chatId: number, album: string | undefined): void {
    if (album !== undefined && this.#albums.has(album)) return;
    if (album !== undefined) this.#albums.add(album);
    this.#sounds.set(chatId, (this.#sounds.get(chatId) ?? 0) + 1);
  }

  /** Returns the counts of a chat; zeros for an unknown one. */
  countsOf(state: State, chatId: number): ChatCounts {
    const messages = [...(state.chats.get(chatId)?.messages.values() ?? [])];
    const fromBot = messages.filter((stored) => stored.fromBot);
    const albums = fromBot.flatMap(({ message }) => message.media_group_id ?? []);
    return {
      messages: messages.length,
      botMessages: fromBot.length,
      botAlbums: new Set(albums).size,
      buttons: messages.flatMap(({ message }) => message.reply_markup?.inline_keyboard.flat() ?? []).length,
      sounds: this.#sounds.get(chatId) ?? 0,
      calls: Object.fromEntries(this.#calls.get(chatId) ?? []),
    };
  }
}
