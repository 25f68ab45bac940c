import { expect, test } from 'vitest';
import { sendingBatches } from '../../../src/app/deliver/sending-batches.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { StatusView } from '../../../src/domain/status.ts';

const view: StatusView = { kind: 'completed', durationSeconds: 1, engineName: 'LOCAL' };
const status: Delivery = { kind: 'status', part: 0, payload: view };
const text: Delivery = { kind: 'text', part: 1, payload: { text: 'more' } };
const files: Delivery = { kind: 'album', part: 0, payload: { formats: ['txt'] } };
const noFiles: Delivery = { kind: 'album', part: 0, payload: { formats: [] } };

const kindsOf = (deliveries: readonly Delivery[], isStatusShown = true) =>
  sendingBatches(deliveries, isStatusShown).map((batch) => batch.map(({ kind }) => kind));

test('an edit of the status message is marked together with the message after it', () => {
  expect(kindsOf([files, status])).toEqual([['status', 'album']]);
  expect(kindsOf([noFiles, status])).toEqual([['status', 'album']]);
  expect(kindsOf([files, text, status])).toEqual([['status', 'text'], ['album']]);
});

test('a revision begins when everything before it is marked: it changes only what is known to be sent', () => {
  const revision: Delivery = { kind: 'revision', part: 0, payload: { revision: 1 } };
  expect(kindsOf([revision, noFiles, status])).toEqual([['status', 'album'], ['revision']]);
});

test('each new message has a mark of its own', () => {
  const announced: Delivery = { ...status, payload: { ...view, isAnnounced: true } };
  expect(kindsOf([files, announced])).toEqual([['status'], ['album']]);
  expect(kindsOf([files, status], false)).toEqual([['status'], ['album']]);
  expect(kindsOf([noFiles, announced])).toEqual([['status', 'album']]);
});
