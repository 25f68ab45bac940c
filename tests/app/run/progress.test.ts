import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Addressee } from '../../../src/app/ports/lanes.ts';
import type { Log } from '../../../src/app/ports/log.ts';
import { DeliveryError, type Messenger } from '../../../src/app/ports/messenger.ts';
import { createProgressReporter } from '../../../src/app/run/progress.ts';
import type { StatusView } from '../../../src/domain/status.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Records what is shown. */
function shownBy(fails: (view: StatusView) => boolean = () => false) {
  const shown: StatusView[] = [];
  const messenger = {
    waitForRoom: async () => undefined,
    showActivity: async () => undefined,
    showStatus: async (_: Addressee, view: StatusView) => {
      shown.push(view);
      if (fails(view)) throw new DeliveryError('refused', 'ENTITIES_INVALID', undefined);
      return 9;
    },
  } as unknown as Messenger;
  const to = { id: 1, chatId: 2, statusMessageId: 9 } as Addressee;
  const log = { debug: () => undefined } as unknown as Log;
  return {
    shown,
    progress: createProgressReporter(
      messenger,
      to,
      () => true,
      log,
      async () => null,
    ),
  };
}
const transcribing = (fraction: number, text?: string) =>
  ({ kind: 'processing', stage: 'transcribe', fraction, ...(text !== undefined && { text }) }) as const;

/** Shows steps of 0.1 %, 2 s apart, each with a text of its own or with none. Returns the edits. */
async function steps(hasText: boolean): Promise<StatusView[]> {
  const { shown, progress } = shownBy();
  for (let step = 1; step <= 50; step += 1) {
    progress.show(transcribing(0.1 + step / 1_000, hasText ? `text ${step}` : undefined));
    await vi.advanceTimersByTimeAsync(2_000);
  }
  progress.show({ kind: 'processing', stage: 'speakers', fraction: 0.5 });
  await vi.advanceTimersByTimeAsync(20_000);
  await progress.end();
  return shown;
}

test('the live text rides on the edits of the bar: there are as many as without one, each with the latest text', async () => {
  const without = await steps(false);
  const edits = await steps(true);
  expect(edits.length).toBe(without.length);
  expect(edits.length).toBeGreaterThan(3);
  const texts = edits.map((view) => (view.kind === 'processing' ? view.text : undefined));
  expect(new Set(texts.slice(0, -1)).size).toBe(texts.length - 1);
  // The search for speakers leaves the text where it is.
  expect(edits.at(-1)).toMatchObject({ stage: 'speakers', text: 'text 50' });
});

test('a file that ends before the first edit shows no text', async () => {
  const { shown, progress } = shownBy();
  progress.show(transcribing(0.5, 'Hello'));
  await vi.advanceTimersByTimeAsync(100);
  await progress.end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shown).toEqual([]);
});

test('where Telegram refuses the text, the bar goes on without it', async () => {
  const { shown, progress } = shownBy((view) => view.kind === 'processing' && view.text !== undefined);
  for (const fraction of [0.1, 0.2]) {
    progress.show(transcribing(fraction, 'Hello'));
    await vi.advanceTimersByTimeAsync(10_000);
  }
  await progress.end();
  expect(shown).toEqual([transcribing(0.1, 'Hello'), expect.objectContaining({ fraction: 0.2 })]);
  expect(shown[1]).not.toHaveProperty('text');
});

test('the search for speakers shows its own progress, not an estimate of the transcription before it', async () => {
  const shown: StatusView[] = [];
  const messenger = {
    waitForRoom: async () => undefined,
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
