/** The server-sent events of a chat. */
export type EventName =
  | 'message'
  | 'edit'
  | 'delete'
  | 'action'
  | 'reaction'
  | 'callback_answer'
  | 'commands'
  | 'profile'
  | 'pinned'
  | 'draft'
  | 'group'
  | 'unread'
  | 'reset';

interface ChatEvent {
  readonly id: number;
  /** Null: for everybody. */
  readonly chatId: number | null;
  readonly name: EventName;
  readonly data: string;
}

/** Number of events that are kept for pages that reconnect. */
const keptEvents = 1_000;

/** Chunks a reader may fall behind before its stream is ended; it reconnects with Last-Event-ID. */
const maxBehind = 2 * keptEvents;

const heartbeatMs = 15_000;

/** Sends events to the open chat pages. */
export class EventHub {
  readonly #streams = new Map<ReadableStreamDefaultController<Uint8Array>, number>();
  readonly #kept: ChatEvent[] = [];
  readonly #firstId: number;
  readonly #heartbeat: NodeJS.Timeout;
  #nextId: number;

  /**
   * @param startedAt in ms: ids continue to rise over restarts, and ids from before a restart are recognised
   */
  constructor(startedAt: number) {
    this.#firstId = startedAt * 1_000;
    this.#nextId = this.#firstId;
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.#heartbeat.unref();
  }

  /** Sends an event to the pages that show one chat, or to all with null. */
  send(chatId: number | null, name: EventName, data: unknown): void {
    const event: ChatEvent = { id: this.#nextId, chatId, name, data: JSON.stringify(data) };
    this.#nextId += 1;
    this.#kept.push(event);
    if (this.#kept.length > keptEvents) this.#kept.shift();
    const bytes = encode(event);
    for (const [stream, reader] of this.#streams) {
      if (chatId === null || chatId === reader) this.#write(stream, bytes);
    }
  }

  /** Returns true while a page shows this chat. */
  isWatching(chatId: number): boolean {
    return [...this.#streams.values()].includes(chatId);
  }

  /**
   * Opens a stream of one chat's events.
   * @param lastEventId the id the page saw last, as it came in; undefined for a new page. Later events are
   * sent first, or `reset` when they are no longer kept.
   */
  open(chatId: number, lastEventId: string | undefined): ReadableStream<Uint8Array> {
    let controller: ReadableStreamDefaultController<Uint8Array>;
    return new ReadableStream<Uint8Array>(
      {
        start: (opened) => {
          controller = opened;
          controller.enqueue(new TextEncoder().encode('retry: 1000\n\n'));
          for (const event of this.#missed(chatId, lastEventId)) controller.enqueue(encode(event));
          this.#streams.set(controller, chatId);
        },
        cancel: () => {
          this.#streams.delete(controller);
        },
      },
      new CountQueuingStrategy({ highWaterMark: maxBehind }),
    );
  }

  /** Ends every stream. */
  close(): void {
    clearInterval(this.#heartbeat);
    for (const stream of this.#streams.keys()) end(stream);
    this.#streams.clear();
  }

  #missed(chatId: number, lastEventId: string | undefined): readonly ChatEvent[] {
    if (lastEventId === undefined) return [];
    const last = Number(lastEventId);
    const oldest = this.#kept[0]?.id ?? this.#nextId;
    const known =
      Number.isSafeInteger(last) && last >= this.#firstId - 1 && last >= oldest - 1 && last < this.#nextId;
    // The id of a reset is the newest one, so that the page resumes from there.
    if (!known) return [{ id: this.#nextId - 1, chatId, name: 'reset', data: '{}' }];
    return this.#kept.filter((event) => event.id > last && (event.chatId ?? chatId) === chatId);
  }

  #beat(): void {
    const bytes = new TextEncoder().encode(': still here\n\n');
    for (const stream of this.#streams.keys()) this.#write(stream, bytes);
  }

  #write(stream: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array): void {
    if ((stream.desiredSize ?? 0) > 0) {
      stream.enqueue(bytes);
      return;
    }
    this.#streams.delete(stream);
    end(stream);
  }
}

function encode(event: ChatEvent): Uint8Array {
  return new TextEncoder().encode(`id: ${event.id}\nevent: ${event.name}\ndata: ${event.data}\n\n`);
}

function end(stream: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    stream.close();
  } catch {
    // Already closed by its reader.
  }
}
