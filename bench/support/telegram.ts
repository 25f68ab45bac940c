import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Update } from 'grammy/types';

/** An update without the number that Telegram gives it. */
export type Content = Omit<Update, 'update_id'>;

/** A call of the Bot API that has fully arrived. */
export type Call = {
  readonly method: string;
  readonly at: number;
  readonly chatId: number;
  /** The message that it made, or the one that it edits. */
  readonly messageId: number;
  /** The message that it replies to. */
  readonly replyTo: number | undefined;
  /** The callback data of its buttons; undefined for one that copies a text. */
  readonly buttons: readonly (string | undefined)[];
};

type Pending = { readonly update: Update; given: ((at: number) => void) | undefined };

/** Maximum number of updates in one response (Bot API, `getUpdates`). */
const updatesAtOnce = 100;

/**
 * A minimal Telegram for a bot and a worker, so that they are measured and not the playground. All times are
 * of this process's monotonic clock, in ms.
 */
export class Telegram {
  readonly token = '1000000001:AAbench-only-not-a-real-token-0123';
  /** Called for each call except getUpdates, once it has fully arrived. */
  onCall: (call: Call) => void = () => undefined;
  /** Number of calls of each method. */
  readonly counts = new Map<string, number>();
  /** Number of calls about each chat. */
  readonly countsByChat = new Map<number, number>();
  readonly #server: Server;
  readonly #file: Buffer;
  #pending: Pending[] = [];
  #updates = 0;
  #messages = 1_000_000;
  #wake: () => void = () => undefined;

  private constructor(file: Buffer) {
    this.#file = file;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  /** @param file content of every file that is requested */
  static async start(file: Buffer): Promise<Telegram> {
    const telegram = new Telegram(file);
    await new Promise<void>((resolve) => telegram.#server.listen(0, '127.0.0.1', resolve));
    return telegram;
  }

  get apiRoot(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** @param given called when the bot got it */
  deliver(content: Content, given?: (at: number) => void): void {
    this.#updates += 1;
    this.#pending.push({ update: { ...content, update_id: this.#updates }, given });
    this.#wake();
  }

  async close(): Promise<void> {
    this.#wake();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const method = path.slice(path.lastIndexOf('/') + 1);
    const body = await read(request);
    if (path.startsWith('/file/')) {
      this.#count('download');
      response.setHeader('content-length', this.#file.length);
      response.end(this.#file);
      return;
    }
    this.#count(method);
    const parameters = parametersOf(request, body);
    const { chat_id: chat } = parameters;
    if (chat !== undefined) this.countsByChat.set(chat, (this.countsByChat.get(chat) ?? 0) + 1);
    const result =
      method === 'getUpdates' ? await this.#updatesFor(parameters, response) : this.#run(method, parameters);
    const answer = JSON.stringify({ ok: true, result });
    response.setHeader('content-type', 'application/json');
    response.setHeader('content-length', Buffer.byteLength(answer));
    response.end(answer);
  }

  #count(method: string): void {
    this.counts.set(method, (this.counts.get(method) ?? 0) + 1);
  }

  /** Confirms everything before the offset, and returns the rest, until that is confirmed too. */
  async #updatesFor({ offset, timeout }: Parameters, response: ServerResponse): Promise<Update[]> {
    this.#pending = this.#pending.filter(({ update }) => update.update_id >= (offset ?? 0));
    if (this.#pending.length === 0 && (timeout ?? 0) > 0) {
      const woken = Promise.withResolvers<void>();
      this.#wake = woken.resolve;
      response.once('close', woken.resolve);
      const timer = setTimeout(woken.resolve, (timeout ?? 0) * 1000);
      await woken.promise;
      clearTimeout(timer);
    }
    const batch = this.#pending.slice(0, updatesAtOnce);
    const at = performance.now();
    for (const pending of batch) {
      pending.given?.(at);
      pending.given = undefined;
    }
    return batch.map(({ update }) => update);
  }

  #run(method: string, parameters: Parameters): unknown {
    const { chat_id: chatId = 0, file_id, media, message_id } = parameters;
    const sends = /^send(Message|Document|MediaGroup)$/.test(method);
    const count = media?.length ?? 1;
    const messageId = sends ? this.#messages + 1 : (message_id ?? 0);
    if (sends) this.#messages += count;
    this.onCall({
      method,
      at: performance.now(),
      chatId,
      messageId,
      replyTo: parameters.reply_parameters?.message_id,
      buttons: (parameters.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.callback_data),
    });
    const message = (id: number) => ({ message_id: id, date: 0, chat: { id: chatId, type: 'private' } });
    switch (method) {
      case 'getMe':
        return { id: 1_000_000_001, is_bot: true, first_name: 'Dabir', username: 'dabir_bench_bot' };
      case 'sendMessage':
      case 'sendDocument':
      case 'editMessageText':
        return message(messageId);
      case 'sendMediaGroup':
        return Array.from({ length: count }, (_, index) => message(messageId + index));
      case 'getFile':
        return {
          file_id,
          file_unique_id: file_id,
          file_size: this.#file.length,
          file_path: 'voice/file.oga',
        };
      default:
        return true;
    }
  }
}

/** The relevant parameters of all methods. */
type Parameters = {
  readonly offset?: number;
  readonly timeout?: number;
  readonly chat_id?: number;
  readonly message_id?: number;
  readonly file_id?: string;
  readonly media?: readonly unknown[];
  readonly reply_parameters?: { readonly message_id: number };
  readonly reply_markup?: { readonly inline_keyboard: readonly (readonly { callback_data?: string }[])[] };
};

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parametersOf(request: IncomingMessage, body: Buffer): Parameters {
  if (body.length === 0) return {};
  const type = request.headers['content-type'] ?? '';
  return type.includes('json') ? (JSON.parse(body.toString('utf8')) as Parameters) : fieldsOf(body);
}

/** Returns the fields of a multipart body as grammY writes it, before the files. */
function fieldsOf(body: Buffer): Parameters {
  const text = body.toString('latin1', 0, 8_192);
  const fields = text.matchAll(/name="(chat_id|media|reply_parameters)"\r\n\r\n(.*?)\r\n/gs);
  return Object.fromEntries([...fields].map(([, name, value]) => [name, JSON.parse(value ?? 'null')]));
}
