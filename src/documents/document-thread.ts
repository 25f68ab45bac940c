import type { DocumentContent, DocumentFile, DocumentFormat } from '../domain/document.ts';
import { OnDemandThread } from '../threads/on-demand-thread.ts';
import { neededBy } from './needs.ts';
import { packParagraphs } from './thread/packed-paragraphs.ts';
import type { DocumentRequest } from './thread/request.ts';

/** Limits of the thread. A document that exceeds one fails; the process continues. */
export type DocumentLimits = {
  /** Heap of the thread, in MiB. */
  readonly memoryMb: number;
  /** Maximum time for one document, in ms. */
  readonly timeoutMs: number;
  /** The thread ends after this time without a document, in ms; the next document parses the fonts again. */
  readonly idleMs: number;
};

/** Defaults. 100 hours of speech take about 300 MB and half a minute. An idle thread takes 60 MB and more. */
const defaultLimits: DocumentLimits = { memoryMb: 512, timeoutMs: 600_000, idleMs: 60_000 };

/** Writes documents on a thread of its own, so that they never block the event loop; fonts are parsed once. */
export class DocumentThread {
  readonly #timeoutMs: number;
  readonly #thread: OnDemandThread<DocumentRequest, DocumentFile[]>;
  #packing: Promise<unknown> = Promise.resolve();

  constructor(limits: Partial<DocumentLimits> = {}) {
    const { memoryMb, timeoutMs, idleMs } = { ...defaultLimits, ...limits };
    this.#timeoutMs = timeoutMs;
    const entry = new URL('./thread/main.ts', import.meta.url);
    this.#thread = new OnDemandThread({ name: 'the document thread', entry, memoryMb, idleMs });
  }

  /** True while the thread runs. */
  get isAlive(): boolean {
    return this.#thread.isAlive;
  }

  /**
   * Writes a document in each of the formats, in their order; see `renderDocuments`. Orders are handled one after the
   * other.
   * @throws Error when the documents exceed a limit, or the thread is closed
   */
  async render(
    content: DocumentContent,
    formats: readonly DocumentFormat[],
    baseName: string,
  ): Promise<DocumentFile[]> {
    const packing = this.#packing.then(() => packParagraphs(content.paragraphs, neededBy(formats, content)));
    this.#packing = packing.catch(() => undefined);
    const { paragraphs: _, ...head } = content;
    const paragraphs = await packing;
    const order = { content: head, paragraphs, formats, baseName };
    const transfer = paragraphs.flatMap(({ text, numbers }) => [text.buffer, numbers.buffer]);
    return this.#thread.run(order, this.#timeoutMs * formats.length, transfer);
  }

  /** Ends the thread; documents that are still being written fail. */
  close(): Promise<void> {
    return this.#thread.close();
  }
}
