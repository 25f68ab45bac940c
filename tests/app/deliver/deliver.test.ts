import { expect, test } from 'vitest';
import { type DeliverDependencies, deliver } from '../../../src/app/deliver/deliver.ts';
import { sendTexts } from '../../../src/app/deliver/send-texts.ts';
import { SentRecord } from '../../../src/app/deliver/sent-record.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { Transcription } from '../../../src/domain/transcription.ts';
import { until } from '../../support/until.ts';

const file = { id: 1, userId: 2, chatId: 2, statusMessageId: 9 } as unknown as Transcription;
const text: Delivery = { kind: 'text', part: 0, payload: { text: 'Hello' } };
const status: Delivery = { kind: 'status', part: 0, payload: { kind: 'cancelled' } };

test('a status edit that ends after the deletion of its transcription is followed by the deletion’s own status', async () => {
  const events: string[] = [];
  const edit = Promise.withResolvers<void>();
  const dependencies = {
    deliveries: {
      renew: async () => true,
      markSent: async () => {
        events.push('deleted in the meantime');
        return false;
      },
    },
    sent: new SentRecord(),
    send: async (_: Transcription, { kind }: Delivery) => {
      if (kind === 'status') await edit.promise;
      events.push(`${kind} sent`);
      return [kind === 'status' ? 9 : 10];
    },
    lanes: {
      findEnding: async () => {
        events.push('ending read');
        return null;
      },
    },
    replies: {
      remove: async (_: Transcription, ids: readonly number[]) => {
        if (ids.length > 0) events.push(`removed ${ids.join()}`);
      },
    },
    leaving: new AbortController().signal,
  } as unknown as DeliverDependencies;
  const delivering = deliver(dependencies, { transcription: file, deliveries: [text, status], takes: 0 });
  await until(() => events.includes('removed 10') || undefined);
  edit.resolve();
  await delivering;
  await until(() => events.includes('ending read') || undefined);
  expect(events).toEqual([
    'text sent',
    'deleted in the meantime',
    'removed 10',
    'status sent',
    'ending read',
  ]);
});

test('a delivery of several messages leaves none of them when one is refused', async () => {
  const chat = new Set<number>();
  const refused = new Error('refused');
  const replies = {
    sendText: async () => {
      if (chat.size === 2) throw refused;
      chat.add(chat.size + 1);
      return chat.size;
    },
    remove: async (_: unknown, ids: readonly number[]) => {
      for (const id of ids) chat.delete(id);
    },
  };
  const texts = ['one', 'two', 'three'].map((words) => ({ text: words, isQuote: false }));
  await expect(sendTexts(replies, file, texts)).rejects.toBe(refused);
  expect([...chat]).toEqual([]);
});
