import type { DueWork } from '../src/compose/due-work.ts';
import { isTaskDue, type RunTaskDependencies, sweepTasks } from '../src/features/understanding/index.ts';

/** Returns the tasks of the language model; without one they wait. After a stop another worker finishes what is left. */
export function understandingWork(
  dependencies: RunTaskDependencies | null,
  holder: string,
): Record<string, DueWork> {
  if (dependencies === null) return {};
  return {
    'language model': {
      isDue: isTaskDue,
      round: (leaving) => sweepTasks(dependencies, holder, leaving),
    },
  };
}
