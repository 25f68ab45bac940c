import type { User } from 'grammy/types';
import type { Call, Telegram } from './telegram.ts';

/** Times of one file's events, in ms of one clock. */
export type Trip = {
  /** The bot got the update. */
  given: number;
  /** The status message reached Telegram. */
  asked: number;
  /** The text reached Telegram. */
  text: number;
  /** The documents did; the text's moment when there are none. */
  documents: number;
  /** The status message showed the end: nothing more comes. */
  done: number;
};

/** A file on its way. */
export type Sent = {
  /** Resolves when its position in the lane was shown. */
  readonly placed: Promise<void>;
  /** Resolves when it is done. Rejects when it failed. */
  readonly done: Promise<Trip>;
};

type Underway = {
  readonly person: User;
  readonly trip: Trip;
  readonly placed: PromiseWithResolvers<void>;
  readonly done: PromiseWithResolvers<Trip>;
};

/**
 * Simulated users who send voice notes, each in a chat of their own. There is one engine, so files start by
 * themselves.
 */
export class Crowd {
  readonly #telegram: Telegram;
  readonly #byUpload = new Map<string, Underway>();
  readonly #byStatus = new Map<string, Underway>();
  #messages = 0;

  constructor(telegram: Telegram) {
    this.#telegram = telegram;
    telegram.onCall = (call) => this.#onCall(call);
  }

  /** @param personId any number; the same one has the same lane */
  send(personId: number): Sent {
    this.#messages += 1;
    const person: User = { id: personId, is_bot: false, first_name: 'سارا', language_code: 'fa' };
    const unknown = Number.NaN;
    const file: Underway = {
      person,
      trip: { given: unknown, asked: unknown, text: unknown, documents: unknown, done: unknown },
      placed: Promise.withResolvers(),
      done: Promise.withResolvers(),
    };
    this.#byUpload.set(`${personId}:${this.#messages}`, file);
    this.#telegram.deliver(
      { message: { ...messageOf(person, this.#messages), voice: voiceOf(this.#messages) } },
      (at) => {
        file.trip.given = at;
      },
    );
    return { placed: file.placed.promise, done: file.done.promise };
  }

  #onCall({ method, at, chatId, messageId, replyTo, buttons }: Call): void {
    const edited = this.#byStatus.get(`${chatId}:${messageId}`);
    const replied = this.#byUpload.get(`${chatId}:${replyTo}`);
    if (method === 'editMessageText' && edited !== undefined) {
      this.#onEdit(edited, at, `${chatId}:${messageId}`, buttons);
    } else if (method === 'sendMessage' && replied !== undefined) {
      if (buttons.some((data) => data.startsWith('cancel:'))) this.#onStatus(replied, at, messageId, buttons);
      else if (buttons.length === 0) replied.trip.text = at;
      else replied.done.reject(new Error(`no status message of an open file: ${buttons.join(' ')}`));
    } else if (method === 'sendMediaGroup' && replied !== undefined) {
      replied.trip.documents = at;
    }
  }

  #onStatus(file: Underway, at: number, statusId: number, buttons: readonly string[]): void {
    if (buttons.some((data) => data.startsWith('engine:'))) {
      file.done.reject(new Error('the user was asked for an engine, though there is one'));
      return;
    }
    file.trip.asked = at;
    file.placed.resolve();
    this.#byStatus.set(`${file.person.id}:${statusId}`, file);
  }

  #onEdit(file: Underway, at: number, status: string, buttons: readonly string[]): void {
    file.placed.resolve();
    // An open file can be cancelled; one that is being cancelled has no button.
    if (buttons.length === 0 || buttons.some((data) => data.startsWith('cancel:'))) return;
    // Done or failed: nothing more comes, and no state of it is kept.
    this.#byStatus.delete(status);
    if (!buttons.some((data) => data.startsWith('delete:'))) {
      file.done.reject(new Error(`a file has failed: ${buttons.join(' ')}`));
      return;
    }
    file.trip.done = at;
    if (Number.isNaN(file.trip.documents)) file.trip.documents = file.trip.text;
    file.done.resolve(file.trip);
  }
}

/** Returns a voice note that is no repetition of another, so that each costs an engine's time. */
const voiceOf = (number: number) => ({
  file_id: 'voice',
  file_unique_id: `unique-${number}`,
  duration: 5,
  mime_type: 'audio/ogg',
  file_size: 15_215,
});

function messageOf(from: User, message_id: number) {
  const chat = { id: from.id, type: 'private', first_name: from.first_name } as const;
  return { message_id, date: 1_795_000_000, chat, from };
}
