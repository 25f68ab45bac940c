import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Api, Bot, GrammyError } from 'grammy';
import type { Message } from 'grammy/types';
import { afterEach } from 'vitest';
import { type Playground, startPlayground } from '../src/playground.ts';

export const token = '1000000001:test-token-of-nobody';
export const sara = 100_000_001;
export const emma = 100_000_003;

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Registers a cleanup after the test; cleanups run in reverse order. */
export function afterThisTest(cleanup: () => Promise<void> | void): void {
  cleanups.push(cleanup);
}

/** Creates a folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dabir-playground-'));
  afterThisTest(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a playground in a folder (a new one by default), with a grammY client and a person's client. */
export async function runPlayground(dataDir?: string, more: { readonly isLocal?: boolean } = {}) {
  const folder = dataDir ?? (await temporaryFolder());
  const playground = await startPlayground({ dataDir: folder, host: '127.0.0.1', port: 0, token, ...more });
  afterThisTest(() => playground.close());
  const api = new Api(token, { apiRoot: playground.apiRoot });
  return { folder, playground, api, person: personClient(playground.url) };
}

/** Starts a grammY bot at the playground, which is stopped after the test. */
export function runBot(playground: Playground): Bot {
  const bot = new Bot(token, { client: { apiRoot: playground.apiRoot } });
  afterThisTest(() => bot.stop());
  return bot;
}

/** Returns the people's routes as functions. */
export function personClient(url: string) {
  const request = async (method: string, route: string, body?: unknown) => {
    const response = await fetch(`${url}/playground${route}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  return {
    request,
    says: async (id: number, text: string, more: object = {}): Promise<Message> =>
      (await request('POST', `/people/${id}/messages`, { text, ...more })).body,
    messages: async (id: number): Promise<(Message & { reactions: unknown[] })[]> =>
      (await request('GET', `/people/${id}/messages`)).body.messages,
    presses: async (id: number, message_id: number, data: string, forged = false) =>
      request('POST', `/people/${id}/callbacks`, { message_id, data, forged }),
    /** Sends bytes as the raw body. */
    sends: async (id: number, bytes: Uint8Array, fields: Record<string, string>): Promise<Message> => {
      const response = await fetch(`${url}/playground/people/${id}/files?${new URLSearchParams(fields)}`, {
        method: 'PUT',
        body: Buffer.from(bytes),
      });
      return (await response.json()) as Message;
    },
  };
}

/** Returns the description with which a call is refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GrammyError) return error.description;
    throw error;
  }
  return 'not refused';
}
