import type { Corrector } from '../app/text/ports.ts';
import type { CorrectionResult, Wanted } from '../domain/correction/wanted.ts';
import type { Segment } from '../domain/transcript.ts';
import { OnDemandThread, TookTooLong } from '../threads/on-demand-thread.ts';
import { pack } from '../threads/packed.ts';
import type { CorrectionMade, CorrectionOrder } from './order.ts';

/** A reply of 300 words to 16,600 different ones takes 0.4 s of a core, in milliseconds. */
const usualBudgetMs = 500;

/** 100 hours of speech with the time of every word are some 300 MB. */
const memoryMb = 512;

/** People who correct do it several times; after so long they have done, in milliseconds. */
const usualIdleMs = 20_000;

/** Corrects transcripts on a thread of its own, so that no reply holds up everybody else. */
export class CorrectionThread implements Corrector {
  readonly #thread: OnDemandThread<CorrectionOrder, CorrectionMade>;
  readonly #budgetMs: number;

  /** @param budgetMs for one correction, beside what waits before it */
  constructor({ budgetMs = usualBudgetMs, idleMs = usualIdleMs } = {}) {
    this.#budgetMs = budgetMs;
    const entry = new URL('./main.ts', import.meta.url);
    this.#thread = new OnDemandThread({ name: 'the thread of corrections', entry, memoryMb, idleMs });
  }

  /** True while there is a thread. */
  get isAlive(): boolean {
    return this.#thread.isAlive;
  }

  async correct(segments: readonly Segment[], wanted: Wanted): Promise<CorrectionResult> {
    const packed = await pack(segments);
    const transfer = packed.map(({ buffer }) => buffer);
    const made = await this.#thread
      .run({ segments: packed, wanted }, this.#budgetMs, transfer)
      .catch((error) => {
        if (error instanceof TookTooLong) return { kind: 'long' } as const;
        throw error;
      });
    if (made.kind !== 'corrected') return made.kind;
    const after = [...segments];
    for (const [index, place] of made.changed.entries()) {
      const segment = made.segments[index];
      if (segment !== undefined) after[place] = segment;
    }
    return { segments: after, changed: made.changed, done: made.done };
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
