import { readFile } from 'node:fs/promises';
import type { Message } from 'grammy/types';
import type { Person } from './person.ts';
import { until } from './until.ts';

/** What a person chooses when they connect the bot to their account. */
type Connecting = {
  readonly can_reply?: boolean;
  readonly chats?: 'all' | 'only' | 'except';
  readonly people?: readonly number[];
};

/** The chat of two people in the playground, over HTTP. */
export class PrivateChat {
  readonly id: number;
  readonly #root: string;

  private constructor(root: string, id: number) {
    this.#root = root;
    this.id = id;
  }

  static async open(playgroundUrl: string, one: Person, other: Person): Promise<PrivateChat> {
    const root = `${playgroundUrl}/playground`;
    const { id } = await request<{ id: number }>('POST', `${root}/private-chats`, {
      people: [one.id, other.id],
    });
    return new PrivateChat(root, id);
  }

  /** Connects the bot to a person's account, or changes the connection; returns Telegram's id of it. */
  async connects(person: Person, choice: Connecting = {}): Promise<string> {
    const connection = await request<{ id: string }>(
      'PUT',
      `${this.#root}/people/${person.id}/connection`,
      choice,
    );
    return connection.id;
  }

  async disconnects(person: Person): Promise<void> {
    await request('DELETE', `${this.#root}/people/${person.id}/connection`);
  }

  /** Writes a text; returns the message's id. */
  async says(from: Person, text: string): Promise<number> {
    const body = { from: from.id, text };
    return (await request<Message>('POST', `${this.#root}/private-chats/${this.id}/messages`, body))
      .message_id;
  }

  /**
   * Sends a voice note, or another file; returns the message's id.
   * @param more `age`: for how many seconds it has been there already
   */
  async voice(from: Person, more: { readonly kind?: string; readonly age?: number } = {}): Promise<number> {
    const bytes = await readFile(new URL('../fixtures/media/tone.ogg', import.meta.url));
    const query = new URLSearchParams({ from: String(from.id), kind: more.kind ?? 'voice', duration: '1' });
    if (more.age !== undefined) query.set('age', String(more.age));
    const response = await fetch(`${this.#root}/private-chats/${this.id}/files?${query}`, {
      method: 'PUT',
      body: bytes,
    });
    if (!response.ok) throw new Error(await response.text());
    return ((await response.json()) as Message).message_id;
  }

  async deletes(from: Person, messageId: number): Promise<void> {
    await request('DELETE', `${this.#root}/private-chats/${this.id}/messages/${messageId}?from=${from.id}`);
  }

  /** Returns the messages of the chat. */
  async messages(): Promise<Message[]> {
    const page = await request<{ messages: Message[] }>(
      'GET',
      `${this.#root}/private-chats/${this.id}/history`,
    );
    return page.messages;
  }

  /** Waits for a message with these words. */
  async reads(words: string): Promise<Message> {
    return until(
      async () => (await this.messages()).find(({ text = '' }) => text.includes(words)),
      () => words,
    );
  }
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
  return (text === '' ? null : JSON.parse(text)) as T;
}
