import type { Segment } from '../../../domain/transcript.ts';
import { OnDemandThread, TookTooLong } from '../../../threads/on-demand-thread.ts';
import { pack } from '../../../threads/packed.ts';
import type { CorrectionResult, RequestedChange } from '../wanted.ts';
import type { AppliedCorrection, CorrectionRequest } from './request.ts';

/** Time for one correction, in ms. A reply of 300 words to 16,600 different ones takes 0.4 s of a core. */
const defaultBudgetMs = 500;

/** Heap of the thread. 100 hours of speech with the times of every word take about 300 MB. */
const memoryMb = 512;

/** The thread ends after this time without a correction, in ms; users often send several corrections in a row. */
const defaultIdleMs = 20_000;

/** Corrects transcripts on a thread of its own, so that a long reply does not block the event loop. */
export class CorrectionThread {
  readonly #thread: OnDemandThread<CorrectionRequest, AppliedCorrection>;
  readonly #budgetMs: number;

  /** @param budgetMs time for one correction, without the corrections that wait before it */
  constructor({ budgetMs = defaultBudgetMs, idleMs = defaultIdleMs } = {}) {
    this.#budgetMs = budgetMs;
    const entry = new URL('./main.ts', import.meta.url);
    this.#thread = new OnDemandThread({ name: 'the thread of corrections', entry, memoryMb, idleMs });
  }

  /** True while the thread runs. */
  get isAlive(): boolean {
    return this.#thread.isAlive;
  }

  /** Corrects segments; resolves to `long` if that takes more than the budget. */
  async correct(segments: readonly Segment[], wanted: RequestedChange): Promise<CorrectionResult> {
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
    const { changed, done, rest } = made;
    return { segments: after, changed, done, ...(rest && { rest }) };
  }

  /** Ends the thread; corrections in progress fail. */
  close(): Promise<void> {
    return this.#thread.close();
  }
}
