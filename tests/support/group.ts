import { readFile } from 'node:fs/promises';
import type { Message } from 'grammy/types';
import type { Person } from './person.ts';
import { until } from './until.ts';

/** How a person writes into a group. */
export type Writing = {
  /** The sender's name; their own by default. */
  readonly as?: 'self' | 'anonymous' | 'channel' | 'channel-post' | 'bot';
  readonly replyTo?: number;
  readonly topic?: number;
  readonly forward?: string;
};

type Button = { readonly text: string; readonly callback_data: string };

/** The bot's answer to a press. */
export type PressAnswer = {
  readonly answered: boolean;
  readonly text?: string;
  readonly show_alert?: boolean;
};

/** A group in the playground, over HTTP. */
export class Group {
  id: number;
  readonly #url: string;
  readonly #founder: Person;

  private constructor(url: string, id: number, founder: Person) {
    this.#url = url;
    this.id = id;
    this.#founder = founder;
  }

  /** Creates a group with other members, and adds the bot. */
  static async found(
    playgroundUrl: string,
    founder: Person,
    members: readonly Person[] = [],
    {
      title = 'Friends',
      type = 'supergroup',
      isForum = false,
      bot = 'member',
    }: {
      readonly title?: string;
      readonly type?: 'group' | 'supergroup';
      readonly isForum?: boolean;
      /** The bot's status in the group. */
      readonly bot?: 'member' | 'administrator' | 'left';
    } = {},
  ): Promise<Group> {
    const url = `${playgroundUrl}/playground/groups`;
    const about = {
      title,
      type,
      is_forum: isForum,
      creator: founder.id,
      members: members.map(({ id }) => id),
    };
    const { id } = await request<{ id: number }>('POST', url, about);
    const group = new Group(url, id, founder);
    if (bot !== 'left') await group.bot(bot);
    return group;
  }

  /** Changes the bot's status, as the founder. */
  async bot(status: 'administrator' | 'member' | 'muted' | 'left' | 'kicked'): Promise<void> {
    await this.#request('PATCH', '', { by: this.#founder.id, bot: status });
  }

  async member(person: Person, status: 'administrator' | 'member' | 'left'): Promise<void> {
    await this.#request('PATCH', '', { by: this.#founder.id, member: { id: person.id, status } });
  }

  /** Turns the group into a supergroup with another id. */
  async migrates(): Promise<void> {
    this.id = (await this.#request<{ id: number }>('POST', '/migration', {})).id;
  }

  /** Opens a topic as the founder; returns its id. */
  async topic(name: string): Promise<number> {
    return (await this.#request<{ id: number }>('POST', '/topics', { by: this.#founder.id, name })).id;
  }

  async setTopic(topic: number, state: 'open' | 'closed' | 'deleted'): Promise<void> {
    await this.#request('PATCH', `/topics/${topic}`, { state });
  }

  /** Sends a text; returns the message's id. */
  async says(person: Person, text: string, { as, replyTo, topic, forward }: Writing = {}): Promise<number> {
    const message = {
      from: person.id,
      as,
      text,
      reply_to_message_id: replyTo,
      message_thread_id: topic,
      forward,
    };
    return (await this.#request<Message>('POST', '/messages', message)).message_id;
  }

  /** Sends a voice note of the fixtures, or bytes; returns the message's id. */
  async voice(
    person: Person,
    {
      as = 'self',
      topic,
      replyTo,
      caption,
      kind = 'voice',
      content = 'tone.ogg',
    }: Writing & {
      readonly caption?: string;
      readonly kind?: 'voice' | 'audio' | 'document';
      readonly content?: string | Uint8Array;
    } = {},
  ): Promise<number> {
    const query = new URLSearchParams({
      from: String(person.id),
      as,
      kind,
      duration: '1',
      ...(topic !== undefined && { message_thread_id: String(topic) }),
      ...(replyTo !== undefined && { reply_to_message_id: String(replyTo) }),
      ...(caption !== undefined && { caption }),
    });
    const bytes = typeof content === 'string' ? await readFile(fixture(content)) : content;
    const body = Buffer.from(bytes);
    const response = await fetch(`${this.#url}/${this.id}/files?${query}`, { method: 'PUT', body });
    if (!response.ok) throw new Error(await response.text());
    return ((await response.json()) as Message).message_id;
  }

  /** Forwards a message of the group into it again; returns the copy's id. */
  async copies(messageId: number, person: Person): Promise<number> {
    const copy = { from: person.id, message_id: messageId };
    return (await this.#request<Message>('POST', '/forwards', copy)).message_id;
  }

  async messages(): Promise<Message[]> {
    return request<Message[]>('GET', `${this.#url}/${this.id}/messages`);
  }

  /** Returns the bot's messages so far; with `to`, those that reply to that message. */
  async answers(to?: number): Promise<Message[]> {
    const messages = await this.messages();
    return messages.filter(
      ({ from, reply_to_message }) =>
        from?.username === 'dabir_bot' && (to === undefined || reply_to_message?.message_id === to),
    );
  }

  /** Waits for a message of the bot with these words; with `to`, as a reply to that message. */
  async reads(words: string | RegExp, to?: number): Promise<Message> {
    return until(
      async () =>
        (await this.answers(to)).find(({ text = '' }) =>
          typeof words === 'string' ? text.includes(words) : words.test(text),
        ),
      () => String(words),
    );
  }

  /** Waits for a transcript; with `to`, as a reply to that message. */
  async ends(to?: number): Promise<Message> {
    return until(async () => {
      for (const message of await this.answers(to)) {
        const data = buttonsOf(message).map((button) => button.callback_data);
        if (data.some((each) => /^(more|less):/.test(each))) return message;
      }
      return undefined;
    });
  }

  /** Presses the button with this label, which may be behind ⋯. */
  async presses(person: Person, messageId: number, label: string): Promise<PressAnswer> {
    let unfoldedAt = 0;
    const button = await until(
      async () => {
        const buttons = await this.buttons(messageId);
        const found = buttons.find(({ text }) => text.includes(label));
        const more = buttons.find((each) => each.callback_data.startsWith('more:'));
        if (found === undefined && more !== undefined && Date.now() - unfoldedAt > 1_000) {
          unfoldedAt = Date.now();
          await this.#press(person, messageId, more.callback_data, false);
        }
        return found;
      },
      () => `a button "${label}"`,
    );
    return this.#press(person, messageId, button.callback_data, false);
  }

  /** Sends callback data that is on no button. */
  async forges(person: Person, messageId: number, data: string): Promise<PressAnswer> {
    return this.#press(person, messageId, data, true);
  }

  async buttons(messageId: number): Promise<Button[]> {
    const message = (await this.messages()).find(({ message_id }) => message_id === messageId);
    return message === undefined ? [] : buttonsOf(message);
  }

  #press(person: Person, message_id: number, data: string, forged: boolean): Promise<PressAnswer> {
    return this.#request('POST', '/callbacks', { from: person.id, message_id, data, forged });
  }

  #request<T>(method: string, route: string, body: unknown): Promise<T> {
    return request(method, `${this.#url}/${this.id}${route}`, body);
  }
}

function buttonsOf({ reply_markup }: Message): Button[] {
  const rows = reply_markup?.inline_keyboard ?? [];
  return rows.flat().flatMap((button) => ('callback_data' in button ? [button] : []));
}

async function request<T>(method: string, url: string, body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function fixture(name: string): URL {
  return new URL(`../fixtures/media/${name}`, import.meta.url);
}
