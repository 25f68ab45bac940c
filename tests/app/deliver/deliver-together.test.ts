import { expect, test } from 'vitest';
import type { DeliverDependencies } from '../../../src/app/deliver/deliver.ts';
import { deliverTogether, groupAlbums } from '../../../src/app/deliver/deliver-together.ts';
import { SentRecord } from '../../../src/app/deliver/sent-record.ts';
import type { Undelivered } from '../../../src/app/ports/deliveries.ts';
import { DeliveryError } from '../../../src/app/ports/messenger.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { DocumentFormat } from '../../../src/domain/document.ts';
import type { Transcription } from '../../../src/domain/transcription.ts';

const album = (...formats: DocumentFormat[]): Delivery => ({ kind: 'album', part: 0, payload: { formats } });
const usual = album('txt', 'docx', 'pdf');
const status: Delivery = {
  kind: 'status',
  part: 0,
  payload: { kind: 'completed', durationSeconds: 1, engineName: 'LOCAL' },
};

const answer = (id: number, burstId: number | null, ...deliveries: Delivery[]): Undelivered => ({
  transcription: { id, userId: 2, chatId: 2, statusMessageId: id * 10, burstId } as unknown as Transcription,
  deliveries,
  takes: 1,
});

const ids = (groups: readonly (readonly Undelivered[])[]) =>
  groups.map((group) => group.map(({ transcription }) => transcription.id));

test('albums of one burst are grouped in the order of their uploads, ten files at most to a group', () => {
  const due = [4, 2, 3, 1].map((id) => answer(id, 7, usual));
  expect(ids(groupAlbums(due, new SentRecord()))).toEqual([[1, 2, 3], [4]]);
  const texts = Array.from({ length: 11 }, (_, index) => answer(index + 1, 7, album('txt')));
  expect(ids(groupAlbums(texts, new SentRecord()))).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [11]]);
});

test('an answer is alone with another burst, without one, with more than its album, and with an album that was sent', () => {
  const sent = new SentRecord();
  sent.add('5 album 0', [51, 52, 53]);
  const due = [
    answer(1, 7, usual),
    answer(2, 8, usual),
    answer(3, null, usual),
    answer(4, 7, status, usual),
    answer(5, 7, usual),
    answer(6, 7, album()),
    answer(7, 7, usual),
  ];
  expect(ids(groupAlbums(due, sent))).toEqual([[1, 7], [2], [3], [4], [5], [6]]);
});

/** Delivers the albums of three transcriptions; returns what was sent and marked. */
async function delivers(sendAlbum: DeliverDependencies['sendAlbum'], deleted = 0) {
  const events: string[] = [];
  const dependencies = {
    deliveries: {
      renew: async () => true,
      recordSent: async (id: number, [mark]: readonly { messageIds: readonly number[] }[]) => {
        events.push(`${id}: ${mark?.messageIds.join()}`);
        return id !== deleted;
      },
      postpone: async (id: number) => void events.push(`${id} postponed`),
    },
    sent: new SentRecord(),
    send: async ({ id }: Transcription) => [id],
    sendAlbum: async (group: readonly Undelivered[]) => {
      events.push(`album of ${group.length}`);
      return sendAlbum(group);
    },
    lanes: { listOpen: async () => [] },
    messenger: {
      remove: async (_: Transcription, messages: readonly number[]) =>
        void events.push(`removed ${messages.join()}`),
    },
    log: { warn: () => undefined, error: () => undefined },
    outboxDelayMs: 1,
    leaving: new AbortController().signal,
  } as unknown as DeliverDependencies;
  await deliverTogether(dependencies, [answer(1, 7, usual), answer(2, 7, usual), answer(3, 7, usual)]);
  return events;
}

test('one album is sent for a group, and each transcription is marked with its own messages', async () => {
  const sent = async () => new Map([1, 2, 3].map((id) => [id, [id * 100, id * 100 + 1]] as const));
  expect(await delivers(sent)).toEqual(['album of 3', '1: 100,101', '2: 200,201', '3: 300,301']);
  // One that was deleted in the meantime loses its messages alone.
  expect(await delivers(sent, 2)).toContain('removed 200,201');
});

test('when Telegram refuses an album, each transcription is sent by itself', async () => {
  const refused = async () => {
    throw new DeliveryError('refused', 'file is too big', undefined);
  };
  expect(await delivers(refused)).toEqual(['album of 3', '1: 1', '2: 2', '3: 3']);
});

test('when Telegram is busy, all transcriptions of an album are postponed', async () => {
  const later = async () => {
    throw new DeliveryError('later', 'flood', undefined);
  };
  expect((await delivers(later)).toSorted()).toEqual(
    ['album of 3', '1 postponed', '2 postponed', '3 postponed'].toSorted(),
  );
});
