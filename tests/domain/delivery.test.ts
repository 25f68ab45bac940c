import { expect, test } from 'vitest';
import { type Delivery, inOrderOfDelivery } from '../../src/domain/delivery.ts';
import { defaultChoice } from '../../src/domain/document-choice.ts';

test('deliveries are ordered: the final status with the beginning of the text, the rest of it, the files, then what was asked for later', () => {
  const later: Delivery[] = [
    { kind: 'revision', part: 0, payload: { revision: 1 } },
    { kind: 'clip', part: 0, payload: { word: 'a', start: 0, end: 1 } },
    { kind: 'bundle', part: 0, payload: { bundle: 1, what: 'text' } },
    { kind: 'times', part: 0, payload: defaultChoice },
  ];
  const sent = inOrderOfDelivery([
    ...later,
    { kind: 'status', part: 0, payload: { kind: 'cancelled' } },
    { kind: 'album', part: 0, payload: { formats: ['txt'] } },
    { kind: 'text', part: 1, payload: { text: 'b' } },
    { kind: 'text', part: 0, payload: { text: 'a' } },
  ]);
  expect(sent.map(({ kind, part }) => `${kind} ${part}`)).toEqual([
    'status 0',
    'text 0',
    'text 1',
    'album 0',
    'times 0',
    'bundle 0',
    'clip 0',
    'revision 0',
  ]);
});
