import type { EngineId } from './engine-names.ts';

/**
 * Id of a burst: uploads that arrived together in a private chat. Its bundle, the one document of them, has the same.
 */
export type BurstId = number;

/** Numbers of a burst's transcriptions by what becomes of them. */
export type BurstCounts = {
  /** Without an engine. */
  readonly choosing: number;
  readonly waiting: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
};

/** Minimum number of uploads for which one document is offered. */
export const minBundled = 3;

/** Returns the number of transcriptions in a burst. */
export function countFiles({ choosing, waiting, running, done, failed, cancelled }: BurstCounts): number {
  return choosing + waiting + running + done + failed + cancelled;
}

/** Returns the number of transcriptions in a burst that have not ended. */
export function countOpen({ choosing, waiting, running }: BurstCounts): number {
  return choosing + waiting + running;
}

/**
 * Returns true when the message of its burst speaks for a transcription, so that it has no status message. Once its
 * text or its failure is there, that is its status message.
 */
export function isSpokenFor({
  burstId,
  statusMessageId,
}: {
  readonly burstId?: BurstId | null;
  readonly statusMessageId: number | null;
}): boolean {
  return typeof burstId === 'number' && statusMessageId === null;
}

/**
 * What the buttons of a burst's message do. `separate`: each file gets its own picker. `never`: no further offer of one
 * document.
 */
export const burstActions = ['separate', 'bundle', 'never', 'cancel', 'refresh'] as const;
export type BurstAction = (typeof burstActions)[number];

/** Returns a button of a burst's message as callback data, such as `burst:12:separate` and `burst:12:on:vira`. */
export function packBurstButton(burst: BurstId, action: BurstAction | { readonly engine: EngineId }): string {
  return typeof action === 'string' ? `burst:${burst}:${action}` : `burst:${burst}:on:${action.engine}`;
}
