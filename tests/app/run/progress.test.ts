import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Addressee } from '../../../src/app/ports/lanes.ts';
import type { Log } from '../../../src/app/ports/log.ts';
import type { Messenger } from '../../../src/app/ports/messenger.ts';
import { createProgressReporter } from '../../../src/app/run/progress.ts';
import type { StatusView } from '../../../src/domain/status.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the search for speakers shows its own progress, not an estimate of the transcription before it', async () => {
  const shown: StatusView[] = [];
  const messenger = {
    whenSpare: async () => undefined,
    showActivity: async () => undefined,
    showStatus: async (_: Addressee, view: StatusView) => {
      shown.push(view);
      return 9;
    },
  } as unknown as Messenger;
  const to = { id: 1, chatId: 2, statusMessageId: 9 } as Addressee;
  const engineSeconds = async () => 60;
  const progress = createProgressReporter(messenger, to, () => true, {} as Log, engineSeconds);
  progress.show({ kind: 'processing', stage: 'transcribe', fraction: null });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shown.at(-1)).toMatchObject({ stage: 'transcribe', fraction: expect.any(Number) });
  progress.show({ kind: 'processing', stage: 'speakers', fraction: 0.1 });
  await vi.advanceTimersByTimeAsync(10_000);
  progress.show({ kind: 'processing', stage: 'speakers', fraction: 0.5 });
  await vi.advanceTimersByTimeAsync(20_000);
  await progress.end();
  // 10 s for the first half leave about as many for the second.
  expect(shown.at(-1)).toMatchObject({ stage: 'speakers', fraction: 0.5 });
  expect(shown.filter((view) => view.kind === 'processing' && view.stage === 'speakers')).toMatchObject([
    { fraction: 0.1 },
    { fraction: 0.5 },
  ]);
});
