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
  /** The documents did, after which nothing more comes; the text's moment when there are none. */
  documents: number;
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
  readonly #hasDocuments: boolean;
  readonly #byUpload = new Map<string, Underway>();
  readonly #byStatus = new Map<string, Underway>();
  #messages = 0;

  /** @param hasDocuments true when documents follow each text */
  constructor(telegram: Telegram, hasDocuments: boolean) {
    this.#telegram = telegram;
    this.#hasDocuments = hasDocuments;
    telegram.onCall = (call) => this.#onCall(call);
  }

  /** @param personId any number; the same one has the same lane */
  send(personId: number): Sent {
    this.#messages += 1;
    const person: User = { id: personId, is_bot: false, first_name: 'سارا', language_code: 'fa' };
    const unknown = Number.NaN;
    const file: Underway = {
      person,
      trip: { given: unknown, asked: unknown, text: unknown, documents: unknown },
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
      if (buttons.some((data) => data?.startsWith('cancel:')))
        this.#onStatus(replied, at, messageId, buttons);
      // A file that takes longer than the user looks ends with a message of its own.
      else this.#onEnd(replied, at, buttons);
    } else if (method === 'sendMediaGroup' && replied !== undefined) {
      this.#finish(replied, at);
    }
  }

  #finish(file: Underway, at: number): void {
    file.trip.documents = at;
    file.done.resolve(file.trip);
  }

  #onStatus(file: Underway, at: number, statusId: number, buttons: Call['buttons']): void {
    if (buttons.some((data) => data?.startsWith('engine:'))) {
      file.done.reject(new Error('the user was asked for an engine, though there is one'));
      return;
    }
    file.trip.asked = at;
    file.placed.resolve();
    this.#byStatus.set(`${file.person.id}:${statusId}`, file);
  }

  #onEdit(file: Underway, at: number, status: string, buttons: Call['buttons']): void {
    file.placed.resolve();
    // An open file can be cancelled; one that is being cancelled has no button.
    if (buttons.length === 0 || buttons.some((data) => data?.startsWith('cancel:'))) return;
    // Done or failed: no state of it is kept.
    this.#byStatus.delete(status);
    this.#onEnd(file, at, buttons);
  }

  #onEnd(file: Underway, at: number, buttons: Call['buttons']): void {
    if (!buttons.some((data) => data?.startsWith('more:'))) {
      file.done.reject(new Error(`a file has failed: ${buttons.join(' ')}`));
      return;
    }
    file.trip.text = at;
    if (!this.#hasDocuments) this.#finish(file, at);
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
