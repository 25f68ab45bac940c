import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** Result of one file. */
export type Transcribed = {
  /** The error text that the user saw; null after a success. */
  readonly failure: string | null;
  readonly text: string;
  readonly documents: readonly { readonly name: string; readonly uniqueId: string }[];
};

const pollIntervalMs = 250;

/** A simulated user of the playground; does over HTTP what its page does. */
export class PlaygroundUser {
  readonly #url: string;
  /** User id, which is also the chat's id. */
  readonly id: number;

  private constructor(url: string, id: number) {
    this.#url = url;
    this.id = id;
  }

  /** Creates a new user in the playground at `url`. */
  static async enter(url: string, firstName = 'Demo', languageCode = 'en'): Promise<PlaygroundUser> {
    const playgroundUser = await request(`${url}/playground/people`, z.object({ id: z.number() }), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ first_name: firstName, language_code: languageCode }),
    });
    return new PlaygroundUser(url.replace(/\/$/, ''), playgroundUser.id);
  }

  /**
   * Sends a file with the engine in its caption, and waits for the end. Presses the engine's button if it was not
   * there yet.
   * @param language language of the speech, sent in the caption too
   * @param onStatus called with the text of the status message at each poll
   * @throws Error in one sentence if the engine is not offered or the file cannot be read
   */
  async transcribe(
    file: string,
    engine: string,
    language: string | undefined,
    onStatus: (text: string) => void,
  ): Promise<Transcribed> {
    const original = await this.#send(file, [engine, language].filter(Boolean).join(' '));
    let pressed = false;
    let started = false;
    for (;;) {
      const messages = await this.#answersTo(original);
      const status = messages.find(({ text }) => text !== undefined);
      const buttons = status?.reply_markup?.inline_keyboard.flat() ?? [];
      if (status?.text !== undefined) {
        onStatus(status.text);
        const button = buttons.find(
          ({ callback_data: data }) => data?.startsWith('engine:') && data.endsWith(`:${engine}`),
        );
        const choosing = buttons.some(({ callback_data: data }) => data?.startsWith('engine:'));
        if (button !== undefined && !pressed) {
          pressed = true;
          await this.#press(status.message_id, button.callback_data ?? '');
        } else if (choosing && button === undefined) {
          throw new Error(
            `The engine "${engine}" is not offered. Available: ${buttons.map(({ text }) => text).join(', ')}`,
          );
        }
        // No engine is ready yet because the worker is starting: press refresh, as a user would.
        const refresh = buttons.find(({ callback_data: data }) => data?.startsWith('refresh:'));
        if (refresh !== undefined) {
          await sleep(1_000);
          await this.#press(status.message_id, refresh.callback_data ?? '');
        }
        if (buttons.some(({ callback_data: data }) => data?.startsWith('cancel:'))) started = true;
        // The transcription has ended when it can no longer be cancelled, refreshed or given an engine.
        if (!buttons.some(({ callback_data: data = '' }) => /^(cancel|engine|refresh):/.test(data))) {
          // The text is sent as a whole when its buttons are there; its files follow in one album.
          if (buttons.some(({ callback_data: data }) => data?.startsWith('more:'))) {
            const files = messages.filter(({ document }) => document !== undefined);
            if (files.length > 0) return transcribed(messages);
          }
          if (/^✗|^Cancelled/.test(status.text)) return { failure: status.text, text: '', documents: [] };
          // A file that is refused has no buttons from the start.
          if (!started) return { failure: status.text, text: '', documents: [] };
        }
      }
      await sleep(pollIntervalMs);
    }
  }

  /** Downloads a document. */
  async download(uniqueId: string): Promise<Uint8Array> {
    const response = await fetch(`${this.#url}/playground/files/${uniqueId}`);
    if (!response.ok) throw new Error(`The playground answered ${response.status} to a download.`);
    return new Uint8Array(await response.arrayBuffer());
  }

  async #send(file: string, caption: string): Promise<number> {
    const bytes = await openAsBlob(file).catch(() => {
      throw new Error(`The file ${file} cannot be read.`);
    });
    const parameters = new URLSearchParams({
      kind: 'auto',
      name: basename(file),
      caption,
    });
    const message = await request(
      `${this.#url}/playground/people/${this.id}/files?${parameters}`,
      z.object({ message_id: z.number() }),
      { method: 'PUT', body: bytes },
    );
    return message.message_id;
  }

  async #answersTo(original: number): Promise<Message[]> {
    const page = await request(`${this.#url}/playground/people/${this.id}/messages?limit=100`, pageSchema);
    const later = page.messages.filter(
      (message) => message.from?.is_bot === true && message.message_id > original,
    );
    return later.filter((message) => message.reply_to_message?.message_id === original);
  }

  async #press(messageId: number, data: string): Promise<void> {
    await request(`${this.#url}/playground/people/${this.id}/callbacks`, z.unknown(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message_id: messageId, data }),
    });
  }
}

const messageSchema = z.object({
  message_id: z.number(),
  from: z.object({ is_bot: z.boolean() }).optional(),
  text: z.string().optional(),
  document: z.object({ file_name: z.string().optional(), file_unique_id: z.string() }).optional(),
  reply_to_message: z.object({ message_id: z.number() }).optional(),
  reply_markup: z
    .object({
      inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string().optional() }))),
    })
    .optional(),
});
type Message = z.infer<typeof messageSchema>;

const pageSchema = z.object({ messages: z.array(messageSchema) });

async function request<T>(url: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url, init);
  const body: unknown = await response.json();
  if (response.ok) return schema.parse(body);
  const { error } = z
    .object({ error: z.string() })
    .catch({ error: `it answered ${response.status}` })
    .parse(body);
  throw new Error(`The playground refused: ${error}`);
}

function transcribed(messages: readonly Message[]): Transcribed {
  return {
    failure: null,
    text: messages.flatMap(({ text }) => text ?? []).join('\n\n'),
    documents: messages.flatMap(({ document }) =>
      document === undefined
        ? []
        : [{ name: document.file_name ?? 'document', uniqueId: document.file_unique_id }],
    ),
  };
}
