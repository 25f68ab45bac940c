import { forTasksAtOnce } from '../../app/leased-tasks.ts';
import { type RunTaskDependencies, runTask, taskLeaseMs } from './run-task.ts';

/**
 * Carries out the tasks that are due, as many at a time as the language model takes calls; a task makes one or more.
 * @param holder name of this process
 * @param leaving aborts when this process is about to end; another one continues
 */
export async function sweepTasks(
  dependencies: RunTaskDependencies,
  holder: string,
  leaving: AbortSignal,
): Promise<void> {
  await forTasksAtOnce(
    () => dependencies.tasks.lease(holder, taskLeaseMs),
    (task) => runTask(dependencies, task, leaving),
    dependencies.model.profile.maxParallelCalls,
    leaving,
  );
}
