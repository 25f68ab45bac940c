import { afterEach, expect, test } from 'vitest';
import { DocumentThread } from '../../src/documents/document-thread.ts';
import { documentFormats } from '../../src/domain/document.ts';
import { until } from '../support/until.ts';
import { documentOf } from './content.ts';
import { renderDocument } from './render-document.ts';

const opened: DocumentThread[] = [];
function openThread(limits?: ConstructorParameters<typeof DocumentThread>[0]): DocumentThread {
  const thread = new DocumentThread(limits);
  opened.push(thread);
  return thread;
}
afterEach(async () => {
  for (const thread of opened.splice(0)) await thread.close();
});

const content = documentOf({ paragraphs: ['سلام، عدد ۱۲۳ و (متن English داخل) است.', 'این 𓀀 نیست.'] });
const hours = documentOf({
  paragraphs: Array.from({ length: 500 }, () => 'سلام، کتاب‌ها را می‌خوانیم. '.repeat(20)),
});

test('the document thread writes every format as a direct call does', async () => {
  const thread = openThread();
  for (const format of documentFormats) {
    const [file] = await thread.render(content, [format], 'نام');
    const here = await renderDocument(content, format, 'نام');
    expect({ ...file, bytes: null }).toEqual({ ...here, bytes: null });
    expect(Buffer.from(file?.bytes ?? []).equals(here.bytes)).toBe(true);
  }
});

test('the formats of one order are the same files as each alone', async () => {
  const thread = openThread();
  const words = 'سلام دوستان من'
    .split(' ')
    .map((text, at) => ({ text, start: at, end: at + 1, probability: null }));
  const segment = { start: 0, end: 3, text: 'سلام دوستان من', original: 'سلام', words };
  const spoken = documentOf({ paragraphs: [{ speaker: 'مینا', segments: [segment] }, 'خوبی؟'] });
  const files = await thread.render(spoken, documentFormats, 'نام');
  for (const [index, format] of documentFormats.entries()) {
    const [alone] = await thread.render(spoken, [format], 'نام');
    expect(files[index]?.fileName).toBe(`نام.${format}`);
    expect(Buffer.from(files[index]?.bytes ?? []).equals(alone?.bytes ?? new Uint8Array())).toBe(true);
  }
});

test('several documents at once are written in order, without blocking the event loop', async () => {
  const thread = openThread();
  let turns = 0;
  const count = setInterval(() => turns++, 1);
  const order: string[] = [];
  await Promise.all(
    (['pdf', 'docx', 'txt'] as const).map(async (format) => {
      await thread.render(hours, [format], 'x');
      order.push(format);
    }),
  );
  clearInterval(count);
  expect(order).toEqual(['pdf', 'docx', 'txt']);
  expect(turns).toBeGreaterThan(10);
});

test('the document thread starts with the first document, and ends when none has come for a while', async () => {
  const thread = openThread({ idleMs: 20 });
  expect(thread.isAlive).toBe(false);
  await thread.render(content, ['txt'], 'x');
  expect(thread.isAlive).toBe(true);
  await until(() => !thread.isAlive);
  expect((await thread.render(content, ['txt'], 'x'))[0]?.bytes.length).toBeGreaterThan(0);
});

test('a document that takes too much memory fails, and the next is written', async () => {
  // One segment with the times of half a million words is unpacked in one step.
  const thread = openThread({ memoryMb: 32 });
  const words = Array.from({ length: 500_000 }, (_, at) => ({
    text: 'کلمه',
    start: at,
    end: at + 1,
    probability: 0.5,
  }));
  const text = 'کلمه '.repeat(words.length).trimEnd();
  const segment = { start: 0, end: words.length, text, original: '', words };
  const endless = documentOf({ paragraphs: [{ speaker: null, segments: [segment] }] });
  await expect(thread.render(endless, ['srt'], 'x')).rejects.toThrow(/memory/);
  expect((await thread.render(content, ['txt'], 'x'))[0]?.bytes.length).toBeGreaterThan(0);
});

test('a document that takes too long fails, and the next is written by the same document thread', async () => {
  // The PDF takes ten seconds, the text a few ms; the time to start the thread again does not count.
  const thread = openThread({ timeoutMs: 1_000 });
  const days = { ...hours, paragraphs: Array.from({ length: 20 }, () => [...hours.paragraphs]).flat() };
  await expect(thread.render(days, ['pdf'], 'x')).rejects.toThrow(/more than 1000 ms/);
  expect((await thread.render(content, ['txt'], 'x'))[0]?.bytes.length).toBeGreaterThan(0);
});

test('closing the thread fails the document under way', async () => {
  const thread = openThread();
  const writing = thread.render(hours, ['pdf'], 'x');
  await Promise.all([expect(writing).rejects.toThrow(/closed/), thread.close()]);
});
