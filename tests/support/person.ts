import { readFile } from 'node:fs/promises';
import type { Message } from 'grammy/types';
import type { TextVariables } from '../../src/texts/texts.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { until } from './until.ts';

const texts = loadTexts();

/** How a file is sent; without a kind as a Telegram client would send a file of that name. */
export type Sending = {
  readonly kind?: 'voice' | 'audio' | 'video' | 'video_note' | 'document';
  readonly name?: string;
  readonly type?: string;
  readonly caption?: string;
  /** The author of a forwarded message. */
  readonly forward?: string;
  /** The album to which the message belongs. */
  readonly album?: string;
  /** The duration that the client announces, in seconds. */
  readonly seconds?: number;
  /** The message to which it replies. */
  readonly replyTo?: number;
};

/** The first line of the message that speaks for several files; it replies to the first of them. */
const burstTitle = /^[\d۰-۹]+ (?:files?|فایل)(?=[: ]|$)/mu;

/** Pause before a press on ⋯ that had no effect is repeated, in ms. */
const unfoldMs = 1_000;

/** Tells whether the answer to a file of a user is sent as a whole. */
type IsAllSent = (userId: number, note: number) => Promise<boolean>;

/** The bot's answer to an inline query. */
type InlineAnswer = {
  readonly query_id: string;
  readonly results: readonly { readonly id: string; readonly title: string; readonly description?: string }[];
  readonly is_personal: boolean;
  readonly cache_time: number;
  readonly next_offset: string;
  readonly button?: { readonly text: string; readonly start_parameter?: string };
};

/** A simulated person in the playground, who sees over HTTP what their Telegram would show. */
export class Person {
  readonly id: number;
  readonly language: string;
  /** The chat as it looks now, by message id. */
  readonly chat = new Map<number, Message>();
  readonly #url: string;
  /** Everything that was shown, in order. */
  readonly #shown: Message[] = [];
  readonly #leaving = new AbortController();
  readonly #isAllSent: IsAllSent;

  private constructor(url: string, id: number, language: string, isAllSent: IsAllSent) {
    this.#url = url;
    this.#isAllSent = isAllSent;
    this.id = id;
    this.language = language;
  }

  /** @param isAllSent tells whether the answer to a file is sent as a whole; without it nothing is known of that */
  static async join(
    playgroundUrl: string,
    firstName: string,
    language: string,
    isAllSent: IsAllSent = async () => true,
  ): Promise<Person> {
    const response = await fetch(`${playgroundUrl}/playground/people`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ first_name: firstName, language_code: language }),
    });
    const { id } = (await response.json()) as { id: number };
    const person = new Person(`${playgroundUrl}/playground`, id, language, isAllSent);
    await person.#watch();
    return person;
  }

  /** Returns a text of the bot in this person's language. */
  word(key: string, variables?: TextVariables): string {
    return texts(this.language, key, variables);
  }

  /** Sends a text; returns the message's id. */
  async says(text: string): Promise<number> {
    return (await this.#request<Message>('POST', '/messages', { text })).message_id;
  }

  /** Replies to a message with a text; returns the message's id. */
  async replies(to: number, text: string): Promise<number> {
    const reply = { text, reply_to_message_id: to };
    return (await this.#request<Message>('POST', '/messages', reply)).message_id;
  }

  /** Returns the results of `@bot query`, in any chat. */
  async searches(query: string, offset = ''): Promise<InlineAnswer> {
    return this.#request<InlineAnswer>('POST', '/inline', { query, offset });
  }

  /** Picks a result of a search, which becomes a message of theirs in the chat with the bot. */
  async picks({ query_id }: InlineAnswer, resultId: string): Promise<Message> {
    return this.#request<Message>('POST', '/inline/choices', { query_id, result_id: resultId });
  }

  /** Sends a file of the fixtures, or bytes; returns the message's id. */
  async sends(
    file: string | Uint8Array,
    { kind, name, type, caption, forward, album, seconds, replyTo }: Sending = {},
  ): Promise<number> {
    const bytes = typeof file === 'string' ? await readFile(fixture(file)) : file;
    const named = name ?? (typeof file === 'string' && kind !== 'voice' ? file : undefined);
    const query = new URLSearchParams({
      kind: kind ?? 'auto',
      ...(named !== undefined && { name: named }),
      ...(type !== undefined && { mime_type: type }),
      ...(caption !== undefined && { caption }),
      ...(forward !== undefined && { forward }),
      ...(album !== undefined && { media_group_id: album }),
      ...(seconds !== undefined && { duration: String(seconds) }),
      ...(replyTo !== undefined && { reply_to_message_id: String(replyTo) }),
    });
    const response = await fetch(`${this.#url}/people/${this.id}/files?${query}`, {
      method: 'PUT',
      body: Buffer.from(bytes),
    });
    if (!response.ok) throw new Error(await response.text());
    return ((await response.json()) as Message).message_id;
  }

  /** Deletes a message in their chat, for both sides. */
  async deletes(messageId: number): Promise<void> {
    const response = await fetch(`${this.#url}/people/${this.id}/messages/${messageId}`, {
      method: 'DELETE',
    });
    if (!response.ok) throw new Error(await response.text());
  }

  /** Forwards a message, their own or one out of another chat; returns the new message's id. */
  async forwards(messageId: number, from: Person = this): Promise<number> {
    const body = { message_id: messageId, chat_id: from.id };
    return (await this.#request<Message>('POST', '/forwards', body)).message_id;
  }

  /** Waits for a message of the bot with these words now; with `to`, as a reply to that message. */
  async reads(words: string | RegExp, to?: number): Promise<Message> {
    return until(
      () =>
        this.answers(to).find(({ text = '' }) =>
          typeof words === 'string' ? text.includes(words) : words.test(text),
        ),
      () => `${words}\n${this.transcript()}`,
    );
  }

  /** Returns the status message of a file: the first answer to it. */
  async status(of: number): Promise<Message> {
    return until(
      () => this.answers(of)[0],
      () => this.transcript(),
    );
  }

  /**
   * Waits until the file has ended and all of its answer has come. Returns the text of its status message, which is the
   * transcript's beginning, with "✓ " before it, or the reason why there is none.
   */
  async ending(of: number): Promise<string> {
    const look = async () => {
      const status = this.answers(of).find(({ text = '' }) => !burstTitle.test(text));
      if (status === undefined) return;
      const { message_id, text = '' } = status;
      if (this.buttons(message_id).includes(this.word('button-cancel'))) return;
      const isTranscript =
        this.labelOf(message_id, 'more:') !== undefined || this.labelOf(message_id, 'less:') !== undefined;
      if (!isTranscript && !/^[✓✗]|^(Cancelled|لغو شد)/.test(text)) return;
      if (!(await this.#isAllSent(this.id, of))) return;
      return isTranscript && !text.startsWith('✓') ? `✓ ${text}` : text;
    };
    return (await until(look, () => this.transcript())) as string;
  }

  /** Returns the bot's messages so far; with `to`, those that reply to that message. */
  answers(to?: number): Message[] {
    return [...this.chat.values()].filter(
      ({ from, reply_to_message }) =>
        from?.is_bot === true && (to === undefined || reply_to_message?.message_id === to),
    );
  }

  /** Returns every text that one message has had, in order. */
  looks(messageId: number): string[] {
    return this.#shown.filter(({ message_id }) => message_id === messageId).map(({ text = '' }) => text);
  }

  /** Returns the labels of the buttons under a message, top to bottom. */
  buttons(messageId: number): string[] {
    return this.#buttons(messageId).map(({ text }) => text);
  }

  /**
   * Presses the button with this label, which may be behind ⋯; resolves to the text of the bot's callback answer.
   */
  async presses(messageId: number, label: string): Promise<string | undefined> {
    let unfoldedAt = 0;
    const button = await until(
      async () => {
        const found = this.#buttons(messageId).find(({ text }) => text.includes(label));
        const more = this.#buttons(messageId).find((each) => each.callback_data.startsWith('more:'));
        // Again when a new text has folded them in the meantime.
        if (found === undefined && more !== undefined && Date.now() - unfoldedAt > unfoldMs) {
          unfoldedAt = Date.now();
          await this.#press(messageId, more.callback_data, false);
        }
        return found;
      },
      () => `a button "${label}"\n${this.transcript()}`,
    );
    return (await this.#press(messageId, button.callback_data, false)).text;
  }

  /** Sends callback data that is on no button, as a modified client could. */
  async forges(messageId: number, data: string): Promise<string | undefined> {
    return (await this.#press(messageId, data, true)).text;
  }

  /** Sends such data; returns true when the bot answers at all, with or without a text. */
  async isAnswered(messageId: number, data: string): Promise<boolean> {
    return (await this.#press(messageId, data, true)).answered;
  }

  /** Returns the data of all buttons in the chat. */
  allData(): string[] {
    return [...this.chat.keys()].flatMap((id) => this.#buttons(id).map((button) => button.callback_data));
  }

  /** Returns the label of the first button whose data begins so; undefined when there is none. */
  labelOf(messageId: number, data: string): string | undefined {
    return this.#buttons(messageId).find((button) => button.callback_data.startsWith(data))?.text;
  }

  /** Shows all buttons under a text; resolves when they are there. */
  async unfolds(messageId: number): Promise<void> {
    await this.presses(messageId, this.word('button-more'));
    await until(() => this.labelOf(messageId, 'less:'));
  }

  /** Returns the texts that buttons under a message copy. */
  copies(messageId: number): string[] {
    const rows = this.chat.get(messageId)?.reply_markup?.inline_keyboard ?? [];
    return rows.flat().flatMap((button) => ('copy_text' in button ? [button.copy_text.text] : []));
  }

  /** Returns the data of a button. */
  dataOf(messageId: number, label: string): string {
    return this.#buttons(messageId).find(({ text }) => text.includes(label))?.callback_data ?? '';
  }

  /** Sends a file and picks the engine, where there is a choice; returns the ids of both messages. */
  async asksFor(
    file: string | Uint8Array,
    sending?: Sending,
    engine = 'LOCAL',
  ): Promise<{ note: number; status: number }> {
    const note = await this.sends(file, sending);
    return { note, status: await this.chooses(note, engine) };
  }

  /**
   * Picks the engine for a file; one that has started by itself needs nothing. Returns the id of its status message.
   */
  async chooses(note: number, engine = 'LOCAL'): Promise<number> {
    const { message_id: status } = await this.status(note);
    if (this.labelOf(status, 'engine:') !== undefined) await this.presses(status, engine);
    return status;
  }

  async blocks(blocked = true): Promise<void> {
    await this.#request('PATCH', '', { blocked });
  }

  /** Returns the bytes of a document or a voice message. */
  async opens({ document, voice }: Message): Promise<Uint8Array> {
    const response = await fetch(`${this.#url}/files/${(document ?? voice)?.file_unique_id}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  leave(): void {
    this.#leaving.abort();
  }

  /** Returns the chat as text, for the message of a failed test. */
  transcript(): string {
    return this.#shown
      .map(({ from, text, document, message_id, reply_to_message }) =>
        [
          message_id,
          from?.is_bot ? 'bot' : 'person',
          reply_to_message && `→${reply_to_message.message_id}`,
          text ?? document?.file_name ?? '(file)',
        ].join(' '),
      )
      .join('\n');
  }

  #buttons(messageId: number): { text: string; callback_data: string }[] {
    const rows = this.chat.get(messageId)?.reply_markup?.inline_keyboard ?? [];
    return rows.flat().flatMap((button) => ('callback_data' in button ? [button] : []));
  }

  #press(message_id: number, data: string, forged: boolean): Promise<{ answered: boolean; text?: string }> {
    return this.#request('POST', '/callbacks', { message_id, data, forged });
  }

  async #request<T>(method: string, route: string, body: unknown): Promise<T> {
    const response = await fetch(`${this.#url}/people/${this.id}${route}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  }

  /** Follows the chat from now on. */
  async #watch(): Promise<void> {
    const { body } = await fetch(`${this.#url}/people/${this.id}/events`, { signal: this.#leaving.signal });
    if (body === null) throw new Error('no events');
    const follow = async () => {
      let rest = '';
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        const events = (rest + chunk).split('\n\n');
        rest = events.pop() ?? '';
        for (const event of events) this.#notice(event);
      }
    };
    follow().catch(() => undefined);
  }

  #notice(event: string): void {
    const [, name] = /^event: (.*)$/m.exec(event) ?? [];
    const [, data = '{}'] = /^data: (.*)$/m.exec(event) ?? [];
    const message = JSON.parse(data) as Message;
    if (name === 'delete') this.chat.delete(message.message_id);
    if (name !== 'message' && name !== 'edit') return;
    this.chat.set(message.message_id, message);
    this.#shown.push(message);
  }
}

function fixture(name: string): URL {
  return new URL(`../fixtures/media/${name}`, import.meta.url);
}
