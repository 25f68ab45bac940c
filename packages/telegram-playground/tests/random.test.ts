import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMultipart } from '../src/http/multipart.ts';
import { methods } from '../src/methods/index.ts';
import { formatText } from '../src/text/text.ts';
import { runPlayground, sara, token } from './running-playground.ts';

describe('any request of a bot', () => {
  test('any request of a bot is answered in the envelope of the Bot API, and never with a 5xx', async () => {
    const { playground } = await runPlayground();
    const names = [...methods.values()].map(({ name }) => name).filter((name) => name !== 'setWebhook');
    const parameter = fc.constantFrom(
      'text', 'entities', 'chat_id', 'message_id', 'reply_markup', 'reply_parameters', 'media', 'document', 'voice',
      'caption', 'file_id', 'commands', 'scope', 'language_code', 'reaction', 'offset', 'limit', 'user_id', 'results',
    ); // biome-ignore format: one list
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constant(sara),
      fc.constant(1),
      fc.constant([{ type: 'document', media: 'attach://x' }]),
      fc.constant({ inline_keyboard: [[{ text: 'b', callback_data: 'x' }]] }),
      fc
        .record({
          type: fc.constantFrom('bold', 'pre', 'text_link'),
          offset: fc.integer(),
          length: fc.integer(),
        })
        .map((one) => [one]),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.dictionary(parameter, value, { maxKeys: 6 }),
        async (name, body) => {
          const response = await fetch(`${playground.apiRoot}/bot${token}/${name}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            // A long poll may take its time, which is not tested here.
            body: JSON.stringify({ chat_id: sara, ...body, timeout: 0 }),
          });
          const answer = (await response.json()) as { ok: boolean; error_code?: number };
          expect(response.status).toBeLessThan(500);
          expect(answer.ok ? 200 : answer.error_code).toBe(response.status);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any request of a bot may have a broken multipart body', async () => {
    const { playground } = await runPlayground();
    const piece = fc.constantFrom(
      '--b',
      '\r\n',
      '--',
      'content-disposition:form-data;name="a"',
      ';filename=x',
      '\r\n\r\n',
      'text',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const response = await fetch(`${playground.apiRoot}/bot${token}/sendDocument`, {
          method: 'POST',
          headers: { 'content-type': 'multipart/form-data; boundary=b' },
          body: pieces.join(''),
        });
        expect(response.status).toBe(400);
      }),
      { numRuns: 100 },
    );
  });
});

describe('any request of a page', () => {
  test('any request of a page is answered with JSON, and never with a 5xx', async () => {
    const { playground, person } = await runPlayground();
    const { body: group } = await person.request('POST', '/groups', { title: 'Friends', creator: sara });
    const inGroup = `/groups/${group.id}`;
    const routes = [
      ['POST', '/people'],
      ['PATCH', `/people/${sara}`],
      ['POST', `/people/${sara}/messages`],
      ['PATCH', `/people/${sara}/messages/1`],
      ['DELETE', `/people/${sara}/messages/x`],
      ['GET', `/people/${sara}/messages?before=x&limit=-3`],
      ['GET', '/people/%E0%A4%A/messages'],
      ['PUT', `/people/${sara}/files?kind=auto&duration=1e9`],
      ['POST', `/people/${sara}/files`],
      ['POST', '/faults'],
      ['GET', '/counts/x'],
      ['PUT', `/people/${sara}/messages/1/pin`],
      ['POST', `/people/${sara}/attachments`],
      ['POST', `/people/${sara}/forwards`],
      ['GET', `${inGroup}/history?before=x&message_thread_id=x`],
      ['POST', `${inGroup}/messages`],
      ['POST', `${inGroup}/attachments`],
      ['PUT', `${inGroup}/files?from=x`],
      ['PUT', `${inGroup}/messages/1/pin`],
      ['DELETE', `${inGroup}/messages/1`],
    ] as const;
    const route = fc.constantFrom(...routes);
    const field = fc.constantFrom(
      'text',
      'first_name',
      'language_code',
      'blocked',
      'reply_to_message_id',
      'method',
      'from',
      'pinned',
      'attachment',
    );
    await person.says(sara, 'first');
    await fc.assert(
      fc.asyncProperty(
        route,
        fc.dictionary(field, fc.jsonValue({ maxDepth: 2 })),
        async ([method, path], body) => {
          const response = await fetch(`${playground.url}/playground${path}`, {
            method,
            ...(method !== 'GET' && { body: JSON.stringify(body) }),
          });
          expect(response.status).toBeLessThan(500);
          if (response.status >= 400) expect(await response.json()).toEqual({ error: expect.any(String) });
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a multipart body', () => {
  test('a multipart body gives the same parts however it is cut into chunks', async () => {
    const content = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(
        fc.array(content, { maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        async (files, chunkLength) => {
          // Not even contents that look like a boundary may confuse it.
          const contents = files.map((file) => Buffer.concat([file, Buffer.from('\r\n--bound')]));
          const body = Buffer.concat([
            ...contents.flatMap((file, index) => [
              Buffer.from(
                `--boundary\r\nContent-Disposition: form-data; name="f${index}"; filename="نام"\r\n\r\n`,
              ),
              file,
              Buffer.from('\r\n'),
            ]),
            Buffer.from('--boundary--\r\n'),
          ]);
          async function* chunks() {
            for (let at = 0; at < body.length; at += chunkLength) yield body.subarray(at, at + chunkLength);
          }
          const read: Buffer[] = [];
          for await (const part of readMultipart(chunks(), 'boundary')) {
            expect(part.filename).toBe('نام');
            const pieces: Buffer[] = [];
            for await (const piece of part.content) pieces.push(Buffer.from(piece));
            read.push(Buffer.concat(pieces));
          }
          expect(read).toEqual(contents);
        },
      ),
    );
  });
});

describe('a formatted text', () => {
  test('a formatted text has its entities inside it and on whole symbols', () => {
    const entity = fc.record({ type: fc.constant('bold'), offset: fc.nat(40), length: fc.nat(40) });
    let kept = 0;
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.array(entity, { maxLength: 5 }),
        (raw, entities) => {
          let formatted: ReturnType<typeof formatText>;
          try {
            formatted = formatText(raw, '', entities);
          } catch {
            return;
          }
          kept += formatted.entities.length;
          for (const { offset, length } of formatted.entities) {
            expect(length).toBeGreaterThan(0);
            expect(offset + length).toBeLessThanOrEqual(formatted.text.length);
            expect(formatted.text.slice(offset, offset + length).isWellFormed()).toBe(true);
          }
        },
      ),
    );
    expect(kept).toBeGreaterThan(0);
  });
});
