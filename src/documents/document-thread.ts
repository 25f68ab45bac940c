import { Worker } from 'node:worker_threads';
import type { DocumentContent, DocumentFile, DocumentFormat } from '../domain/document.ts';
import { neededContent } from './needed-content.ts';
import type { Answer, Order } from './thread/messages.ts';
import { pack } from './thread/packed.ts';

/** What the thread may take; past it the document fails, the process does not. */
export type DocumentLimits = {
  /** Of its heap, in MB of 2^20 bytes. */
  readonly memoryMb: number;
  /** For one document and those before it, in milliseconds. */
  readonly timeoutMs: number;
};

/** 100 hours of speech take some 300 MB and half a minute. */
const usualLimits: DocumentLimits = { memoryMb: 512, timeoutMs: 600_000 };

/** For what is short-lived, in MB: more of it makes the process larger, not faster. */
const youngMb = 16;

type Waiting = {
  readonly resolve: (file: DocumentFile) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
};

/**
 * Writes documents on a thread of its own, so that no page of theirs holds up the event loop; fonts are parsed once.
 * The thread starts with the first document, keeps no process alive, and starts anew after it died.
 */
export class DocumentThread {
  readonly #limits: DocumentLimits;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #last = 0;
  #packing: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(limits: Partial<DocumentLimits> = {}) {
    this.#limits = { ...usualLimits, ...limits };
  }

  /**
   * See `renderDocument`. Documents are written one after the other.
   * @throws Error when the document takes more than the limits, or the thread is closed
   */
  async render(content: DocumentContent, format: DocumentFormat, baseName: string): Promise<DocumentFile> {
    const packing = this.#packing.then(() => pack(neededContent(content, format).paragraphs));
    this.#packing = packing.catch(() => undefined);
    const { paragraphs: _, ...head } = content;
    return this.#write({ content: head, paragraphs: await packing, format, baseName });
  }

  #write(order: Omit<Order, 'id'>): Promise<DocumentFile> {
    if (this.#isClosed) throw closed();
    const worker = this.#worker ?? this.#start();
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(order.format), this.#limits.timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      worker.ref();
      const handedOver = order.paragraphs.map(({ buffer }) => buffer);
      worker.postMessage({ ...order, id } satisfies Order, handedOver);
    });
  }

  /** Ends the thread. Documents that are being written fail. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#isClosed = true;
    this.#fail(closed());
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./thread/main.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.memoryMb, maxYoungGenerationSizeMb: youngMb },
    });
    worker.on('message', (answer: Answer) => this.#settle(answer));
    const ended = (error: Error) => {
      if (this.#worker === worker) this.#fail(error);
    };
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`the thread of documents ended with ${code}`)));
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    clearTimeout(waiting.timer);
    if ('file' in answer) waiting.resolve(answer.file);
    else waiting.reject(new Error(answer.error));
  }

  #giveUp(format: DocumentFormat): void {
    const worker = this.#worker;
    this.#fail(new Error(`a ${format} document took more than ${this.#limits.timeoutMs} ms`));
    void worker?.terminate();
  }

  /** Everything under way fails, and the next document gets a new thread. */
  #fail(error: Error): void {
    this.#worker = null;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
  }
}

function closed(): Error {
  return new Error('the documents were closed');
}
