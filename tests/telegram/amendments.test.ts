import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Addressee } from '../../src/app/ports/lanes.ts';
import type { Messenger } from '../../src/app/ports/messenger.ts';
import { createAmendments } from '../../src/telegram/amendments.ts';
import { RateLimiter } from '../../src/telegram/rate-limiter.ts';

/** Entities of the edits that reached the Bot API, which refuses any. */
const entities: unknown[][] = [];
const botApi = createServer(async (request, response) => {
  const call = (await json(request)) as { readonly entities?: unknown[] };
  const given = call.entities ?? [];
  entities.push(given);
  response.setHeader('content-type', 'application/json');
  const description = 'Bad Request: entity beyond the end of the text';
  const refusal = { ok: false, error_code: 400, description };
  response.end(JSON.stringify(given.length > 0 ? refusal : { ok: true, result: { message_id: 5 } }));
});

beforeEach(() => new Promise<void>((resolve) => botApi.listen(0, '127.0.0.1', resolve)));
afterEach(() => new Promise((resolve) => botApi.close(resolve)));

test('a corrected text whose formatting Telegram refuses is shown without it', async () => {
  const apiRoot = `http://127.0.0.1:${(botApi.address() as AddressInfo).port}`;
  const settings = { token: '1:a', apiRoot, rateLimiter: new RateLimiter({ isLimited: true }) };
  const amendments = createAmendments(settings, {} as Messenger);
  const shown = await amendments.editText({ chatId: 1 } as Addressee, 5, { text: 'Hello', isQuote: true });
  expect(shown).toBe(5);
  expect(entities).toMatchObject([[{ type: 'expandable_blockquote' }], []]);
});
