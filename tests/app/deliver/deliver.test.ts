import { expect, test } from 'vitest';
import { type DeliverDependencies, deliver } from '../../../src/app/deliver/deliver.ts';
import { sendTexts } from '../../../src/app/deliver/send-texts.ts';
import { SentRecord } from '../../../src/app/deliver/sent-record.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { StatusView } from '../../../src/domain/status.ts';
import type { Transcription } from '../../../src/domain/transcription.ts';
import { until } from '../../support/until.ts';

const file = { id: 1, userId: 2, chatId: 2, statusMessageId: 9 } as unknown as Transcription;
const text: Delivery = { kind: 'text', part: 1, payload: { text: 'Hello' } };
const view = { kind: 'completed', durationSeconds: 1, engineName: 'LOCAL' } as const;
const status: Delivery = { kind: 'status', part: 0, payload: view };

/**
 * Delivers a status, then a text, of a transcription that is deleted before the text is sent. Returns what happened.
 * @param statusId the message that shows the status
 */
async function deliverWhileDeleted(payload: StatusView, statusId: number): Promise<string[]> {
  const events: string[] = [];
  const sending = Promise.withResolvers<void>();
  const dependencies = {
    deliveries: {
      renew: async () => true,
      recordSent: async () => {
        events.push('deleted in the meantime');
        return false;
      },
    },
    sent: new SentRecord(),
    send: async (_: Transcription, { kind }: Delivery) => {
      if (kind === 'text') await sending.promise;
      events.push(`${kind} sent`);
      return [kind === 'status' ? statusId : 10];
    },
    lanes: {
      findEnding: async () => {
        events.push('ending read');
        return null;
      },
    },
    messenger: {
      remove: async (_: Transcription, ids: readonly number[]) => {
        if (ids.length > 0) events.push(`removed ${ids.join()}`);
      },
    },
    leaving: new AbortController().signal,
  } as unknown as DeliverDependencies;
  const deliveries = [text, { ...status, payload }] as Delivery[];
  const delivering = deliver(dependencies, { transcription: file, deliveries, takes: 0 });
  await until(() => events.includes('deleted in the meantime') || undefined);
  sending.resolve();
  await delivering;
  return events;
}

test('a status edit that covers the deletion of its transcription is followed by the deletion’s own status', async () => {
  const events = await deliverWhileDeleted(view, 9);
  await until(() => events.includes('ending read') || undefined);
  expect(events.toSorted()).toEqual(
    ['status sent', 'deleted in the meantime', 'ending read', 'text sent', 'removed 10'].toSorted(),
  );
});

test('an announced end is removed again when its transcription was deleted in the meantime', async () => {
  const events = await deliverWhileDeleted({ ...view, isAnnounced: true }, 11);
  expect(events).toEqual(['status sent', 'deleted in the meantime', 'removed 11']);
});

test('a revision that edits the status of a deleted transcription is followed by the deletion’s own status', async () => {
  const events: string[] = [];
  const dependencies = {
    deliveries: { renew: async () => true, recordSent: async () => false },
    sent: new SentRecord(),
    send: async () => [],
    lanes: {
      findEnding: async () => {
        events.push('ending read');
        return null;
      },
    },
    messenger: { remove: async () => undefined },
    leaving: new AbortController().signal,
  } as unknown as DeliverDependencies;
  const revision: Delivery = { kind: 'revision', part: 0, payload: { revision: 1 } };
  await deliver(dependencies, { transcription: file, deliveries: [revision], takes: 0 });
  expect(events).toEqual(['ending read']);
});

test('a delivery of several messages leaves none of them when one is refused', async () => {
  const chat = new Set<number>();
  const refused = new Error('refused');
  const messenger = {
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
  await expect(sendTexts(messenger, file, texts)).rejects.toBe(refused);
  expect([...chat]).toEqual([]);
});

test.each([
  { follows: 'another file of the user follows', states: ['PENDING'], isAnnounced: undefined },
  { follows: 'only a file without an engine follows', states: ['CHOOSING'], isAnnounced: true },
  { follows: 'no file follows', states: [], isAnnounced: true },
])('a later attempt to send an end is silent while more files follow: $follows', async (given) => {
  const sent: StatusView[] = [];
  const dependencies = {
    deliveries: { renew: async () => true, recordSent: async () => true },
    sent: new SentRecord(),
    send: async (_: Transcription, { payload }: Delivery) => {
      sent.push(payload as StatusView);
      return [11];
    },
    lanes: { listOpen: async () => given.states.map((state) => ({ state })) },
    leaving: new AbortController().signal,
  } as unknown as DeliverDependencies;
  const end = { ...status, payload: { ...view, isAnnounced: true } } as Delivery;
  await deliver(dependencies, { transcription: file, deliveries: [end], takes: 1 });
  expect(sent.map((each) => (each as { isAnnounced?: boolean }).isAnnounced)).toEqual([given.isAnnounced]);
});
