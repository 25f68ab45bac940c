import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ErrorCode } from '../../src/domain/errors.ts';
import { until } from './until.ts';

/** The engine's answer for one file: its words, or an error. */
export type Reply =
  | { readonly text: string }
  | { readonly fails: ErrorCode; readonly retryAfterMs?: number | undefined };

/** A file that a worker has brought and waits for. */
export type EngineCall = {
  /** The worker's process id. */
  readonly worker: number;
  /** True when the worker stopped waiting without an answer: it was told to stop, or it is dead. */
  readonly left: boolean;
  reply(reply: Reply): void;
};

/**
 * A speech service that a test controls: the engines of all workers, in all processes, ask it for their
 * transcripts. By default it answers "سلام دنیا" at once.
 */
export class ControlledEngine {
  /** Every file that was brought, oldest first. */
  readonly calls: readonly EngineCall[];
  readonly #calls: EngineCall[] = [];
  readonly #server: Server;
  #planned: Reply[] = [];
  #holding = false;

  private constructor() {
    this.calls = this.#calls;
    this.#server = createServer(async (request, response) => {
      const { worker } = (await json(request)) as { worker: number };
      this.#receive(worker, response);
    });
  }

  static async open(): Promise<ControlledEngine> {
    const engine = new ControlledEngine();
    await new Promise<void>((resolve) => engine.#server.listen(0, '127.0.0.1', resolve));
    return engine;
  }

  /** The URL for `createRemoteEngine`. */
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
    for (const call of this.#calls) call.reply(usual);
  }

  /** Forgets the answers that no file has got, and answers all files that wait. */
  reset(): void {
    this.#planned = [];
    this.release();
  }

  /** Waits for the file with this number, counted from 1. */
  async call(number: number): Promise<EngineCall> {
    return until(
      () => this.#calls[number - 1],
      () => `call ${number} at the engine, there were ${this.#calls.length}`,
    );
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #receive(worker: number, response: ServerResponse): void {
    const call = {
      worker,
      left: false,
      reply(reply: Reply) {
        if (!response.writableEnded && !response.destroyed) response.end(JSON.stringify(reply));
      },
    };
    response.once('close', () => {
      call.left = !response.writableEnded;
    });
    this.#calls.push(call);
    const planned = this.#planned.shift();
    if (planned !== undefined || !this.#holding) call.reply(planned ?? usual);
  }
}

const usual: Reply = { text: 'سلام دنیا' };
