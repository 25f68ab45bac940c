import { expect, test } from 'vitest';
import { type SendDeliveryDependencies, sendDelivery } from '../../../src/app/deliver/send-delivery.ts';
import type { StatusView } from '../../../src/domain/status.ts';
import type { Transcription } from '../../../src/domain/transcription.ts';

const view = {
  kind: 'completed',
  durationSeconds: 1,
  engineName: 'LOCAL',
  answer: { text: 'Hello', isQuote: false },
} as const;

/** Sends the end of a transcription whose status message the user has deleted. Returns the ids of its messages. */
function sendAfterDeletion(payload: StatusView) {
  const messenger = {
    showStatus: async (to: Transcription) => (to.statusMessageId === null ? 10 : null),
  };
  const dependencies = { messenger } as unknown as SendDeliveryDependencies;
  const file = { id: 1, statusMessageId: 9 } as Transcription;
  return sendDelivery(dependencies, file, { kind: 'status', part: 0, payload });
}

test('a text is sent again when the user has deleted the message that would become it', async () => {
  expect(await sendAfterDeletion(view)).toEqual([10]);
});

test('a deleted message without a text is not sent again: the text of several uploads comes in their document', async () => {
  expect(await sendAfterDeletion({ ...view, isBundled: true })).toEqual([]);
});
