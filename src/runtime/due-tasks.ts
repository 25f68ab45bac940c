import { logError } from '../app/log-error.ts';
import type { Log } from '../app/ports/log.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import type { PeriodicWork } from './periodic-work.ts';

/** Work of one kind that is done when it is due. */
export type DueTask = {
  /**
   * Does the work that is due.
   * @param leaving aborts when the process is about to end
   */
  round(leaving: AbortSignal): Promise<void>;
  /** Minimum time between the beginnings of two rounds, in ms; 0 by default. */
  readonly minIntervalMs?: number;
  /** Maximum time that the running round has when the process ends, in ms; without it the round is awaited. */
  readonly closingMs?: number;
  /** True when checks come every second while it is due, in a process that otherwise checks every other second. */
  readonly hastens?: true;
};

/** Pause between two checks, in ms; work that users wait for begins after about this time. */
const pollIntervalMs = 1_000;

/**
 * Checks once a second, or every other second, which kinds of work are due, and begins a round of each. A kind whose
 * round still runs gets no second one, and delays no other kind. A failed round is logged, and begins again when it is
 * due.
 * @param findDue resolves to the kinds that are due
 */
export function startDueTasks<Kind extends string>(
  periodic: PeriodicWork,
  log: Log,
  tasks: Readonly<Record<Kind, DueTask>>,
  findDue: () => Promise<ReadonlySet<Kind>>,
  rhythm: 'every second' | 'every other second' = 'every second',
): void {
  let passesOver = false;
  const running = new Map<Kind, Promise<void>>();
  const begunAt = new Map<Kind, number>();
  const isTooSoon = (kind: Kind) =>
    performance.now() - (begunAt.get(kind) ?? Number.NEGATIVE_INFINITY) < (tasks[kind].minIntervalMs ?? 0);
  const begin = (kind: Kind, leaving: AbortSignal) => {
    if (leaving.aborted || running.has(kind) || isTooSoon(kind)) return;
    begunAt.set(kind, performance.now());
    const round = tasks[kind]
      .round(leaving)
      .catch((error) => logError(log, 'warn', { round: kind }, error, 'round failed'))
      .finally(() => running.delete(kind));
    running.set(kind, round);
  };
  const end = ([kind, round]: [Kind, Promise<void>]) => {
    const { closingMs } = tasks[kind];
    return closingMs === undefined ? round : waitAtMost(closingMs, round);
  };
  periodic.every(
    'due work',
    pollIntervalMs,
    async (leaving) => {
      if (passesOver) {
        passesOver = false;
        return;
      }
      const due = [...(await findDue())];
      passesOver = rhythm === 'every other second' && !due.some((kind) => tasks[kind].hastens);
      for (const kind of due) begin(kind, leaving);
    },
    { afterLast: async () => void (await Promise.all([...running].map(end))) },
  );
}
