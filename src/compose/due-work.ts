import type { Log } from '../app/ports/log.ts';
import { type DueTask, startDueTasks } from '../runtime/due-tasks.ts';
import type { PeriodicWork } from '../runtime/periodic-work.ts';
import type { Database } from '../store/client.ts';
import { createDueQuery, type DueCondition } from '../store/due-query.ts';

/** Work of one kind, and the condition under which it is due. */
export type DueWork = DueTask & { readonly isDue: DueCondition };

/** Starts the work of a process that is done when the database says that it is due. */
export function startDueWork<Kind extends string>(
  periodic: PeriodicWork,
  { database, log }: { readonly database: Database; readonly log: Log },
  work: Readonly<Record<Kind, DueWork>>,
  rhythm: 'every second' | 'every other second' = 'every second',
): void {
  const kinds = Object.keys(work) as Kind[];
  const conditions = Object.fromEntries(kinds.map((kind) => [kind, work[kind].isDue]));
  startDueTasks(
    periodic,
    log,
    work,
    createDueQuery(database, conditions as Record<Kind, DueCondition>),
    rhythm,
  );
}
