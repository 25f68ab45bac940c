import fc from 'fast-check';
import { Api } from 'grammy';
import { expect, test } from 'vitest';
import { cleanFileName } from '../../packages/telegram-playground/src/methods/input-file.ts';
import { runPlayground, sara, token } from '../../packages/telegram-playground/tests/running-playground.ts';
import { createNamedFile, wireName } from '../../src/telegram/named-file.ts';

const bytes = new TextEncoder().encode('%PDF-1.7');

test('Telegram shows the whole of any file name, with its extension', async () => {
  const { playground } = await runPlayground();
  const api = new Api(token, { apiRoot: playground.apiRoot });
  const sent = async (name: string) => (await api.sendDocument(sara, createNamedFile(bytes, name))).document;

  expect((await sent('Trip; part 2; "the end".pdf')).file_name).toBe('Trip, part 2,  the end.pdf');
  expect((await sent('سفر؛ بخش ۲; پایان.pdf')).file_name).toBe('سفر؛ بخش ۲, پایان.pdf');
  const character = fc.oneof(
    fc.constantFrom(';', '"', '=', "'", '\\', '/', '\r', '\n', '%22', '*', ' ', ',', '\u200c', 'ی'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  );
  const name = fc.array(character, { minLength: 1, maxLength: 30 }).map((all) => `a${all.join('')}z.pdf`);
  await fc.assert(
    fc.asyncProperty(name, async (name) => {
      expect(await sent(name)).toMatchObject({
        file_name: cleanFileName(wireName(name)),
        mime_type: 'application/pdf',
      });
    }),
    { numRuns: 100 },
  );
});
