import type { DocumentContent, DocumentFile, DocumentFormat } from '../domain/document.ts';
import { OnDemandThread } from '../threads/on-demand-thread.ts';
import { pack } from '../threads/packed.ts';
import { neededContent } from './needed-content.ts';
import type { DocumentOrder } from './thread/order.ts';

/** What the thread may take; past it the document fails, the process does not. */
export type DocumentLimits = {
  /** Of its heap, in MB of 2^20 bytes. */
  readonly memoryMb: number;
  /** For one document, in milliseconds. */
  readonly timeoutMs: number;
};

/** 100 hours of speech take some 300 MB and half a minute. */
const usualLimits: DocumentLimits = { memoryMb: 512, timeoutMs: 600_000 };

/** Without a document for so long the thread ends, in milliseconds; the next document has the fonts parsed anew. */
const idleMs = 300_000;

/** Writes documents on a thread of its own, so that no page of theirs holds up the event loop; fonts are parsed once. */
export class DocumentThread {
  readonly #timeoutMs: number;
  readonly #thread: OnDemandThread<DocumentOrder, DocumentFile>;
  #packing: Promise<unknown> = Promise.resolve();

  constructor(limits: Partial<DocumentLimits> = {}) {
    const { memoryMb, timeoutMs } = { ...usualLimits, ...limits };
    this.#timeoutMs = timeoutMs;
    const entry = new URL('./thread/main.ts', import.meta.url);
    this.#thread = new OnDemandThread({ name: 'the thread of documents', entry, memoryMb, idleMs });
  }

  /**
   * See `renderDocument`. Documents are written one after the other.
   * @throws Error when the document takes more than the limits, or the thread is closed
   */
  async render(content: DocumentContent, format: DocumentFormat, baseName: string): Promise<DocumentFile> {
    const packing = this.#packing.then(() => pack(neededContent(content, format).paragraphs));
    this.#packing = packing.catch(() => undefined);
    const { paragraphs: _, ...head } = content;
    const paragraphs = await packing;
    const order = { content: head, paragraphs, format, baseName };
    return this.#thread.run(
      order,
      this.#timeoutMs,
      paragraphs.map(({ buffer }) => buffer),
    );
  }

  /** Ends the thread. Documents that are being written fail. */
  close(): Promise<void> {
    return this.#thread.close();
  }
}
