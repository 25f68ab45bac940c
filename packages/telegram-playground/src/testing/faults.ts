import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { BotApiError } from '../methods/bot-api-error.ts';

/**
 * What a call does instead of its work: refuse, stay silent until the client gives up, or break the
 * connection. With `after` the call does its work first, so that only its answer is lost.
 */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Seconds; for 429, where 1 is the default. */
      readonly retryAfter?: number | undefined;
      readonly description?: string | undefined;
      readonly after?: boolean | undefined;
    }
  | { readonly kind: 'hang'; readonly after?: boolean | undefined }
  | { readonly kind: 'drop'; readonly after?: boolean | undefined }
  /** For downloads: breaks the connection after this number of bytes of the file. */
  | { readonly kind: 'cut'; readonly bytes: number };

/** A fault as the HTTP route takes it. */
export const faultSchema: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    retryAfter: z.number().min(0).optional(),
    description: z.string().optional(),
    after: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('hang'), after: z.boolean().optional() }),
  z.object({ kind: z.literal('drop'), after: z.boolean().optional() }),
  z.object({ kind: z.literal('cut'), bytes: z.int().min(0) }),
]);

/** The fault switch that tests use. */
export interface FaultSwitch {
  /**
   * Sets a fault.
   * @param target a method's name, `*` for every method, or `download` for the download of files
   * @param times number of calls that meet it; without it every call until `clear`
   */
  set(target: string, fault: Fault, times?: number): void;
  /** Removes every fault and breaks the connections that hang. */
  clear(): void;
}

const defaultDescriptions: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden: bot was blocked by the user',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
};

/** Returns a body whose connection breaks after a number of bytes; a shorter one arrives whole. */
export function cutAfter(
  body: ReadableStream<Uint8Array>,
  bytes: number,
  outgoing: ServerResponse,
): ReadableStream<Uint8Array> {
  async function* begin() {
    let left = bytes;
    for await (const chunk of body) {
      yield chunk.subarray(0, left);
      left -= chunk.length;
      if (left < 0) break;
    }
    if (left >= 0) return;
    // The bytes have to leave this process before the connection is cut.
    await sleep(50);
    outgoing.destroy();
  }
  return ReadableStream.from(begin());
}

/** The faults that are set, and how a call meets one. */
export class Faults implements FaultSwitch {
  readonly #set = new Map<string, { readonly fault: Fault; times: number }>();
  readonly #hanging = new Set<() => void>();

  set(target: string, fault: Fault, times: number = Number.POSITIVE_INFINITY): void {
    this.#set.set(target.toLowerCase(), { fault, times });
  }

  clear(): void {
    this.#set.clear();
    for (const release of [...this.#hanging]) release();
  }

  /** Returns the fault that a call meets, if any, and counts it. `*` is for methods only. */
  take(target: string): Fault | undefined {
    const key = target.toLowerCase();
    for (const name of key === 'download' ? [key] : [key, '*']) {
      const entry = this.#set.get(name);
      if (!entry) continue;
      entry.times -= 1;
      if (entry.times <= 0) this.#set.delete(name);
      return entry.fault;
    }
    return undefined;
  }

  /**
   * Carries a fault out; resolves when the connection is broken, and an answer is no longer possible.
   * @throws BotApiError for a status
   */
  async suffer(fault: Fault, outgoing: ServerResponse): Promise<void> {
    if (fault.kind === 'status') {
      const retryAfter = fault.status === 429 ? (fault.retryAfter ?? 1) : fault.retryAfter;
      const fallback =
        fault.status === 429
          ? `Too Many Requests: retry after ${retryAfter}`
          : defaultDescriptions[fault.status];
      throw new BotApiError(
        fault.status,
        fault.description ?? fallback ?? 'Error',
        retryAfter === undefined ? undefined : { retry_after: retryAfter },
      );
    }
    if (fault.kind === 'hang') {
      await new Promise<void>((resolve) => {
        const release = (): void => {
          this.#hanging.delete(release);
          resolve();
        };
        this.#hanging.add(release);
        outgoing.once('close', release);
      });
    }
    outgoing.destroy();
  }
}
