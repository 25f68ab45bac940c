import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Addressee } from '../../src/app/ports/lanes.ts';
import { createMessenger } from '../../src/telegram/messenger.ts';
import { RateLimiter } from '../../src/telegram/rate-limiter.ts';
import { loadTexts } from '../../src/texts/texts.ts';

type Call = { readonly method: string; readonly [parameter: string]: unknown };

/** Calls that reached the Bot API. */
const calls: Call[] = [];
/** Returns true for a call that the Bot API refuses, with a description or a usual one. */
let refuses: (call: Call) => boolean | string = () => false;
const botApi = createServer(async (request, response) => {
  const method = request.url?.split('/').at(-1) ?? '';
  const call: Call = { ...((await json(request)) as object), method };
  calls.push(call);
  response.setHeader('content-type', 'application/json');
  const refused = refuses(call);
  const reason = refused === true ? 'unknown button' : refused;
  const answer = reason
    ? { ok: false, error_code: 400, description: `Bad Request: ${reason}` }
    : { ok: true, result: { message_id: 5 } };
  response.end(JSON.stringify(answer));
});

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

function openMessenger() {
  const apiRoot = `http://127.0.0.1:${(botApi.address() as AddressInfo).port}`;
  return createMessenger(
    { token: '1:a', apiRoot, rateLimiter: new RateLimiter({ isLimited: true }) },
    loadTexts(),
  );
}

beforeEach(() => {
  calls.splice(0);
  refuses = () => false;
});
beforeEach(() => new Promise<void>((resolve) => botApi.listen(0, '127.0.0.1', resolve)));
afterEach(() => new Promise((resolve) => botApi.close(resolve)));

test('no status message and no text brings a link preview', async () => {
  const messenger = openMessenger();
  const view = { kind: 'cancelled' } as const;
  await messenger.showStatus(to, view);
  await messenger.showStatus({ ...to, statusMessageId: 5 }, view);
  await messenger.sendText(to, { text: 'www.eboo.ir', isQuote: false });
  expect(calls).toHaveLength(3);
  for (const call of calls) expect(call).toMatchObject({ link_preview_options: { is_disabled: true } });
});

const completed = { kind: 'completed', durationSeconds: 1, engineName: 'LOCAL' } as const;

test('an upload that goes into one document announces nothing: its status message is edited', async () => {
  const view = { ...completed, answer: { text: 'Hello', isQuote: false }, isAnnounced: true } as const;
  const shown = { ...to, statusMessageId: 5 };
  await openMessenger().showStatus(shown, { ...view, isBundled: true });
  expect(calls.map(({ method }) => method)).toEqual(['editMessageText']);
  await openMessenger().showStatus(shown, view);
  expect(calls.map(({ method }) => method).slice(1)).toEqual(['deleteMessage', 'sendMessage']);
});

test('a Bot API server that knows no button for copying still shows the text', async () => {
  refuses = (call) => JSON.stringify(call).includes('copy_text');
  const view = { ...completed, answer: { text: 'Hello', isQuote: false } } as const;
  await openMessenger().showStatus({ ...to, statusMessageId: 5 }, view);
  expect(calls.map(({ text }) => text)).toEqual(['Hello', 'Hello']);
});

test('a status message that is too old to be deleted says where its end is', async () => {
  refuses = ({ method }) => method === 'deleteMessage' && "message can't be deleted for everyone";
  const view = { ...completed, answer: { text: 'Hello', isQuote: false }, isAnnounced: true } as const;
  expect(await openMessenger().showStatus({ ...to, statusMessageId: 4 }, view)).toBe(5);
  expect(calls.map(({ method, message_id, text }) => [method, message_id, text])).toEqual([
    ['deleteMessage', 4, undefined],
    ['editMessageText', 4, 'Done. The result is further down.'],
    ['sendMessage', undefined, 'Hello'],
  ]);
  // Without buttons, and so without Cancel.
  expect(calls[1]).not.toHaveProperty('reply_markup');
});

test('where Telegram no longer allows an edit, a text comes as a new message, but not when it is only shown again', async () => {
  refuses = ({ method }) => method === 'editMessageText' && "message can't be edited";
  const view = { ...completed, answer: { text: 'Hello', isQuote: false } } as const;
  const shown = { ...to, statusMessageId: 4 };
  expect(await openMessenger().showStatus(shown, view)).toBe(5);
  expect(calls.at(-1)).toMatchObject({ method: 'sendMessage', text: 'Hello' });
  calls.splice(0);
  expect(await openMessenger().showStatus(shown, view, 'edit')).toBeNull();
  expect(calls.map(({ method }) => method)).toEqual(['editMessageText']);
});

test('a bundled text has buttons: copy for a short one, and files', async () => {
  const bundle = { id: 7, formats: ['srt', 'docx'] } as const;
  await openMessenger().sendText(to, { text: 'Mina\nHello', isQuote: false, bundle });
  await openMessenger().sendText(to, {
    text: 'x'.repeat(600),
    isQuote: true,
    bundle: { ...bundle, formats: [] },
  });
  expect(calls.map(({ reply_markup }) => reply_markup)).toEqual([
    {
      inline_keyboard: [
        [
          { text: 'Copy', copy_text: { text: 'Mina\nHello' } },
          { text: 'SRT', callback_data: 'bundle:7:srt' },
          { text: 'Word', callback_data: 'bundle:7:docx' },
        ],
      ],
    },
    undefined,
  ]);
});
