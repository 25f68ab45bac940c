import { expect, test } from 'vitest';
import { type DeliverBundleDependencies, deliverBundle } from '../../../src/app/deliver/deliver-bundle.ts';
import type { AnswerText } from '../../../src/domain/answer-text.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { DocumentFormat } from '../../../src/domain/document.ts';
import { type DocumentChoice, defaultChoice } from '../../../src/domain/document-choice.ts';
import type { Transcription } from '../../../src/domain/transcription.ts';

const head = { id: 7, userId: 2, chatId: 2, languageCode: 'en', sentAt: new Date(0) } as Transcription;

/** Delivers a bundle of one upload with this text. Returns the texts and the formats that are sent. */
async function deliverText(
  text: string,
  choice: Partial<DocumentChoice>,
  payload: (Delivery & { kind: 'bundle' })['payload'] = { bundle: 1, what: 'text' },
) {
  const texts: AnswerText[] = [];
  const formats: DocumentFormat[] = [];
  const transcript = { language: 'en', languageProbability: null, segments: [] };
  const stored = { transcript, durationSeconds: 1, engine: 'local' } as const;
  const paragraphs = [{ speaker: 'Mina', segments: [{ start: 0, end: 1, text, original: text, words: [] }] }];
  const dependencies = {
    numberSpeakerIn: () => (number: number) => `Speaker ${number}`,
    bundles: { listTranscripts: async () => [{ transcription: head, stored, senderName: 'Mina' }] },
    settings: { documents: async () => ({ ...defaultChoice, ...choice }) },
    wording: { document: () => ({ content: { paragraphs }, baseName: 'name' }), heading: () => 'Mina' },
    documents: {
      render: async (_: unknown, wanted: readonly DocumentFormat[]) => {
        formats.push(...wanted);
        return [];
      },
    },
    messenger: {
      sendText: async (_: unknown, message: AnswerText) => texts.push(message),
      sendFiles: async () => [],
    },
    log: {},
  } as unknown as DeliverBundleDependencies;
  await deliverBundle(dependencies, head, { kind: 'bundle', part: 0, payload });
  return { texts, formats };
}

const long = 'A sentence of a long document. '.repeat(40);

test('a long bundled text is folded, and its last message has the buttons of the formats where files come on request', async () => {
  const { texts } = await deliverText(long, { formats: [], lastFormat: 'srt' });
  expect(texts).toMatchObject([{ isQuote: true, bundle: { id: 7, formats: ['srt', 'docx'] } }]);
  const { texts: several } = await deliverText(long.repeat(8), { formats: [] });
  expect(several.length).toBeGreaterThan(1);
  expect(several.map(({ bundle }) => bundle?.formats)).toEqual([
    ...several.slice(1).map(() => undefined),
    ['docx', 'pdf'],
  ]);
});

test('a bundled text whose files come by themselves has no buttons for them', async () => {
  const { texts } = await deliverText(long, {});
  expect(texts).toMatchObject([{ bundle: { formats: [] } }]);
});

test('files of a bundle come in the formats of the settings, or in the one that was asked for', async () => {
  expect((await deliverText(long, {}, { bundle: 1, what: 'files' })).formats).toEqual(['txt', 'docx', 'pdf']);
  const asked = { bundle: 1, what: 'files', formats: ['vtt'] } as const;
  expect((await deliverText(long, { formats: [] }, asked)).formats).toEqual(['vtt']);
});
