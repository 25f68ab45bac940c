import { expect, test } from 'vitest';
import { type EraseDependencies, sweepErasures } from '../../../src/features/my-data/erase.ts';

test('an answer that came as a new message after the files were listed goes too', async () => {
  const removed: number[] = [];
  const erasures = [{ userId: 2, languageCode: 'en', messageId: null, files: 0 }];
  const files = [[{ id: 1, chatId: 2, messageIds: [9] }]];
  const dependencies = {
    erasures: {
      lease: async () => erasures.shift() ?? null,
      listFiles: async () => files.shift() ?? [],
      renew: async () => undefined,
      listMessages: async () => [],
      eraseAccount: async () => ({ left: false, stays: false }),
      end: async () => undefined,
    },
    lanes: {
      // In the meantime, a worker has deleted message 9 and sent the text as message 11.
      find: async () => ({ id: 1, statusMessageId: 11 }),
      delete: async () => ({ outcome: 'deleted', messageIds: [], renews: false, next: null }),
    },
    messenger: {
      remove: async (_: unknown, ids: readonly number[]) => void removed.push(...ids),
    },
    dataMessages: { tell: async () => undefined },
    log: { info: () => undefined },
  } as unknown as EraseDependencies;
  await sweepErasures(dependencies, new AbortController().signal);
  expect(removed).toEqual([9, 11]);
});
