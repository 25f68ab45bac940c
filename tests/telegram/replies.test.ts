import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Addressee } from '../../src/app/ports/lanes.ts';
import { RateLimiter } from '../../src/telegram/rate-limiter.ts';
import { createReplies } from '../../src/telegram/replies.ts';
import { loadTexts } from '../../src/texts/texts.ts';

/** Calls that reached the Bot API. */
const calls: unknown[] = [];
const botApi = createServer(async (request, response) => {
  calls.push(await json(request));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ ok: true, result: { message_id: 5 } }));
});

beforeEach(() => new Promise<void>((resolve) => botApi.listen(0, '127.0.0.1', resolve)));
afterEach(() => new Promise((resolve) => botApi.close(resolve)));

test('no status message and no text brings a link preview', async () => {
  const apiRoot = `http://127.0.0.1:${(botApi.address() as AddressInfo).port}`;
  const replies = createReplies(
    { token: '1:a', apiRoot, rateLimiter: new RateLimiter({ isLimited: true }) },
    loadTexts(),
  );
  const to: Addressee = {
    id: 7,
    chatId: 1,
    messageId: 2,
    threadId: null,
    languageCode: 'en',
    announcedSeconds: null,
    statusMessageId: null,
    engine: null,
  };
  const view = { kind: 'cancelled' } as const;
  await replies.showStatus(to, view);
  await replies.showStatus({ ...to, statusMessageId: 5 }, view);
  await replies.sendText(to, { text: 'www.eboo.ir', isQuote: false });
  expect(calls).toHaveLength(3);
  for (const call of calls) expect(call).toMatchObject({ link_preview_options: { is_disabled: true } });
});
