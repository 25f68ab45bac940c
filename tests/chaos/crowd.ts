import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from 'grammy/types';
import { accountOf, attachmentOf, toUpload } from '../../src/bot/upload.ts';
import type { Arrival } from './arrivals.ts';
import { type Member, untilTaken } from './fleet.ts';
import type { Wishes } from './wishes.ts';

/** A message of a user's chat: `<user>:<message>`. */
export type ChatMessage = `${number}:${number}`;

/** What the chats of all users show. */
export type Chats = {
  /** The messages of each album that exists. */
  readonly albums: (readonly ChatMessage[])[];
  /** The callback data of the buttons under each message that exists. */
  readonly buttons: Map<ChatMessage, readonly string[]>;
};

/** Maximum number of uploads that are sent and not yet acknowledged. */
const inTheAir = 40;

/**
 * Simulated users who send voice notes; each note is delivered twice, and until a bot has acknowledged it.
 */
export class Crowd {
  readonly uploadKeys = new Set<string>();
  readonly #url: string;
  readonly #users: readonly number[];

  private constructor(url: string, users: readonly number[]) {
    this.#url = `${url}/playground/people`;
    this.#users = users;
  }

  static async gather(url: string, count: number): Promise<Crowd> {
    const users: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const response = await fetch(`${url}/playground/people`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ first_name: `P${index}`, language_code: 'fa' }),
      });
      users.push(((await response.json()) as { id: number }).id);
    }
    return new Crowd(url, users);
  }

  /** Sends the voice notes of a plan; resolves when a bot has acknowledged each of them. */
  async send(
    arrivals: readonly Arrival[],
    bots: readonly Member[],
    wishes: Wishes,
    onProgress?: (line: string) => void,
  ): Promise<void> {
    const underWay = new Set<Promise<void>>();
    const startedAt = performance.now();
    for (const [index, arrival] of arrivals.entries()) {
      await sleep(Math.max(0, arrival.atMs - (performance.now() - startedAt)));
      const one = this.#one(arrival, bots, wishes);
      underWay.add(one);
      void one.finally(() => underWay.delete(one));
      if (underWay.size >= inTheAir) await Promise.race(underWay);
      if (index % 500 === 499) onProgress?.(`${index + 1} of ${arrivals.length} sent`);
    }
    await Promise.all(underWay);
  }

  /** Sends voice notes, each of another person; resolves when they are in their lanes. */
  async sendSome(count: number, bots: readonly Member[]): Promise<void> {
    await Promise.all(Array.from({ length: count }, (_, person) => this.sendOne(person, bots)));
  }

  /** Sends one voice note of the person with this number; resolves when it is in the lane. */
  async sendOne(person: number, bots: readonly Member[]): Promise<void> {
    await untilTaken(bots, { kind: 'choose', uploadKey: await this.#upload(person, bots, 0) }, 0);
  }

  async #one(arrival: Arrival, bots: readonly Member[], wishes: Wishes): Promise<void> {
    const uploadKey = await this.#upload(arrival.person, bots, arrival.bot);
    wishes.add(uploadKey, arrival);
    if (arrival.wish?.when !== 'CHOOSING') await untilTaken(bots, { kind: 'choose', uploadKey }, arrival.bot);
  }

  /** Sends the file, and has it delivered twice. */
  async #upload(person: number, bots: readonly Member[], firstBot: number): Promise<string> {
    const voice = await readFile(new URL('../fixtures/media/tone.ogg', import.meta.url));
    const response = await fetch(
      `${this.#url}/${this.#users[person]}/files?kind=voice&name=v.oga&duration=1&mime_type=audio/ogg`,
      { method: 'PUT', body: voice },
    );
    const message = (await response.json()) as Message & { from: NonNullable<Message['from']> };
    const attachment = attachmentOf(message);
    if (attachment === undefined || attachment.kind === 'not-media')
      throw new Error('the playground sent no voice');
    const upload = toUpload(1, message, attachment, accountOf(message.from));
    this.uploadKeys.add(upload.uploadKey);
    await Promise.all([
      untilTaken(bots, { kind: 'upload', upload }, firstBot),
      untilTaken(bots, { kind: 'upload', upload }, firstBot + 1),
    ]);
    return upload.uploadKey;
  }

  /** Returns what the chats of all users show. */
  async read(): Promise<Chats> {
    const chats: Chats = { albums: [], buttons: new Map() };
    for (const person of this.#users) {
      const albums = new Map<string, ChatMessage[]>();
      for await (const message of this.#messages(person)) {
        const { message_id, media_group_id: album, reply_markup } = message;
        const name: ChatMessage = `${person}:${message_id}`;
        const buttons = reply_markup?.inline_keyboard.flat() ?? [];
        chats.buttons.set(
          name,
          buttons.flatMap((button) => ('callback_data' in button ? button.callback_data : [])),
        );
        if (album !== undefined) albums.set(album, [...(albums.get(album) ?? []), name]);
      }
      chats.albums.push(...albums.values());
    }
    return chats;
  }

  /** Yields all messages of a user's chat. */
  async *#messages(person: number): AsyncGenerator<Message> {
    for (let before: number | undefined; ; ) {
      const query = before === undefined ? '' : `&before=${before}`;
      const response = await fetch(`${this.#url}/${person}/messages?limit=100${query}`);
      const { messages, more } = (await response.json()) as { messages: Message[]; more: boolean };
      yield* messages;
      before = messages[0]?.message_id;
      if (!more || before === undefined) return;
    }
  }
}
