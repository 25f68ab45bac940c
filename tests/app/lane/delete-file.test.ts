import { expect, test } from 'vitest';
import { type DeleteDependencies, deleteFile } from '../../../src/app/lane/delete-file.ts';
import type { Addressee } from '../../../src/app/ports/lanes.ts';
import { DeliveryError } from '../../../src/app/ports/messenger.ts';

test('the text in the status message goes also when Telegram does not delete the messages after it', async () => {
  const shown: string[] = [];
  const silent = () => undefined;
  const dependencies = {
    lanes: { delete: async () => ({ outcome: 'deleted', messageIds: [10], renews: false, next: null }) },
    messenger: {
      remove: async () => {
        throw new DeliveryError('later', 'deleteMessages: Too Many Requests', undefined);
      },
      showStatus: async (_: Addressee, { kind }: { kind: string }) => {
        shown.push(kind);
        return 9;
      },
    },
    log: { info: silent, warn: silent, error: silent, debug: silent },
  } as unknown as DeleteDependencies;
  const { followUp } = await deleteFile(
    dependencies,
    { id: 1, chatId: 2, statusMessageId: 9 } as Addressee,
    2,
  );
  await followUp();
  expect(shown).toEqual(['deleted']);
});
