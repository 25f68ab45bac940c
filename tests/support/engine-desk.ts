import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ErrorCode } from '../../src/domain/errors.ts';
import { until } from './until.ts';

/** The desk's answer for one file: its words, or an error. */
export type Reply =
  | { readonly text: string }
  | { readonly fails: ErrorCode; readonly retryAfterMs?: number | undefined };

/** A file that a worker has brought and waits for. */
export type Visit = {
  /** The worker's process id. */
  readonly worker: number;
  /** True when the worker stopped waiting without an answer: it was told to stop, or it is dead. */
  readonly left: boolean;
  reply(reply: Reply): void;
};

/**
 * A speech service that a test controls: the engines of all workers, in whatever process, ask it for their
 * transcripts. By default it answers "سلام دنیا" at once.
 */
export class EngineDesk {
  /** Every file that was brought, oldest first. */
  readonly visits: readonly Visit[];
  readonly #visits: Visit[] = [];
  readonly #server: Server;
  #planned: Reply[] = [];
  #holding = false;

  private constructor() {
    this.visits = this.#visits;
    this.#server = createServer(async (request, response) => {
      const { worker } = (await json(request)) as { worker: number };
      this.#receive(worker, response);
    });
  }

  static async open(): Promise<EngineDesk> {
    const desk = new EngineDesk();
    await new Promise<void>((resolve) => desk.#server.listen(0, '127.0.0.1', resolve));
    return desk;
  }

  /** The URL for `createDeskEngine`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Sets the answers for the files that come next, one each. */
  plan(...replies: Reply[]): void {
    this.#planned.push(...replies);
  }

  /** Holds all answers from now on. */
  hold(): void {
    this.#holding = true;
  }

  /** Answers all waiting files, and all that come later. */
  release(): void {
    this.#holding = false;
    for (const visit of this.#visits) visit.reply(usual);
  }

  /** Forgets the answers that no file has got, and answers all files that wait. */
  reset(): void {
    this.#planned = [];
    this.release();
  }

  /** Waits for the file with this number, counted from 1. */
  async visit(number: number): Promise<Visit> {
    return until(
      () => this.#visits[number - 1],
      () => `visit ${number} at the desk, there were ${this.#visits.length}`,
    );
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #receive(worker: number, response: ServerResponse): void {
    const visit = {
      worker,
      left: false,
      reply(reply: Reply) {
        if (!response.writableEnded && !response.destroyed) response.end(JSON.stringify(reply));
      },
    };
    response.once('close', () => {
      visit.left = !response.writableEnded;
    });
    this.#visits.push(visit);
    const planned = this.#planned.shift();
    if (planned !== undefined || !this.#holding) visit.reply(planned ?? usual);
  }
}

const usual: Reply = { text: 'سلام دنیا' };
