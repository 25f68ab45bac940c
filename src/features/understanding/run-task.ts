import { renewTaskLease } from '../../app/leased-tasks.ts';
import { logError } from '../../app/log-error.ts';
import { DatabaseAwayError } from '../../app/ports/database.ts';
import { type LanguageModel, LanguageModelError } from '../../app/ports/language-model.ts';
import type { Log } from '../../app/ports/log.ts';
import { DeliveryError } from '../../app/ports/messenger.ts';
import type { TaskMessages } from '../../app/ports/task-messages.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Corrections } from '../corrections/index.ts';
import type { Erasures } from '../my-data/index.ts';
import { type BudgetLimits, exceededLimit } from './budget.ts';
import { type PrepareQuestionDependencies, prepareSearch } from './prepare-question.ts';
import { prepareWork } from './prepare-work.ts';
import type { RunContext, SectionStore } from './provable/contract.ts';
import type { Spends } from './store/spends.ts';
import type { StoredResult } from './store/stored-result.ts';
import type { LeasedTask, UnderstandingTasks } from './store/tasks.ts';
import { renderFailure, renderProgress, type TaskFailure } from './views/progress-view.ts';
import { renderResult } from './views/result-view.ts';

export type RunTaskDependencies = PrepareQuestionDependencies & {
  readonly tasks: UnderstandingTasks;
  readonly spends: Spends;
  readonly budget: BudgetLimits;
  readonly model: LanguageModel;
  readonly commonWords: RunContext['commonWords'];
  readonly sectionsOf: (task: LeasedTask) => SectionStore;
  readonly taskMessages: TaskMessages;
  readonly corrections: Pick<Corrections, 'recordMessage'>;
  readonly erasures: Pick<Erasures, 'recordMessage'>;
  readonly texts: Texts;
  readonly log: Log;
};

/** Lease of a task, in ms: another worker goes on with it this long after a kill. */
export const taskLeaseMs = 10_000;

/** Interval at which the lease is renewed, and a cancellation noticed, in ms. */
const renewIntervalMs = 1_000;

/** Maximum number of attempts; after that the task fails, and its user is told. */
const maxAttempts = 5;

/** Delay before the second attempt, in ms; it doubles with each further one, up to the maximum. */
const [firstDelayMs, maxDelayMs] = [2_000, 60_000];

/** Minimum time between two edits that show the progress, in ms. */
const progressIntervalMs = 3_000;

/**
 * Carries out a task: asks the language model, stores the result, and shows it. Never rejects. After a kill another
 * worker goes on: answers of the model that are stored are not paid for again, and a stored result is only shown.
 * @param leaving aborts when this process is about to end; another one continues
 */
export async function runTask(
  dependencies: RunTaskDependencies,
  task: LeasedTask,
  leaving: AbortSignal,
): Promise<void> {
  const { tasks, log } = dependencies;
  const lease = renewTaskLease(() => tasks.renew(task, taskLeaseMs), renewIntervalMs);
  const signal = AbortSignal.any([leaving, lease.lost]);
  const { id, kind, userId, transcriptionId } = task;
  try {
    const done = await resultOf(dependencies, task, signal);
    if ('failure' in done) return await fail(dependencies, task, done.failure);
    signal.throwIfAborted();
    await show(dependencies, task, done.result);
    await tasks.end(task, 'DONE');
    log.info({ task: id, kind, user: userId, leftOut: done.result.leftOut }, 'language model task done');
  } catch (thrown) {
    if (lease.lost.aborted) return;
    if (leaving.aborted) return void (await tasks.release(task, 0, false).catch(() => undefined));
    const fields = { task: id, kind, transcription: transcriptionId, attempt: task.attempts };
    logError(log, 'warn', fields, thrown, 'language model task failed');
    await failOrRetry(dependencies, task, thrown).catch((error) =>
      logError(log, 'error', fields, error, 'language model task not ended'),
    );
  } finally {
    lease.end();
  }
}

/** Resolves to the stored result of a task, or asks the model for it. */
async function resultOf(
  dependencies: RunTaskDependencies,
  task: LeasedTask,
  signal: AbortSignal,
): Promise<{ readonly result: StoredResult } | { readonly failure: TaskFailure }> {
  const { tasks, spends, budget, model, sectionsOf, commonWords } = dependencies;
  if (task.result !== null) return { result: task.result };
  const work =
    task.transcriptionId === null
      ? await prepareSearch(dependencies, task)
      : await prepareWork(dependencies, task);
  if (work === null) return { failure: 'empty' };
  const { maxCost: cost } = work.estimate(model.profile);
  if (cost !== null && Object.values(budget).some((limit) => limit !== null)) {
    const spent = await spends.reserve(task.id, task.userId, cost.amount);
    const exceeded = exceededLimit(cost, spent, budget);
    if (exceeded !== null) return { failure: `budget-${exceeded.limit}` };
  }
  const result = await work.run({
    model,
    sections: sectionsOf(task),
    commonWords,
    signal,
    onProgress: progressTeller(dependencies, task),
  });
  if (!(await tasks.setResult(task, result))) signal.throwIfAborted();
  return { result };
}

/** Shows a result in place of the progress, and links its message to what it is about. */
async function show(
  { taskMessages, corrections, erasures, texts }: RunTaskDependencies,
  task: LeasedTask,
  result: StoredResult,
): Promise<void> {
  const message = renderResult(texts, task.languageCode, task, result);
  const messageId = await taskMessages.showEnd(task, message);
  if (task.transcriptionId === null) await erasures.recordMessage(task.userId, messageId);
  else await corrections.recordMessage(task.transcriptionId, task.userId, messageId);
}

async function fail(
  { tasks, taskMessages, texts }: RunTaskDependencies,
  task: LeasedTask,
  failure: TaskFailure,
): Promise<void> {
  await taskMessages.showEnd(task, renderFailure(texts, task.languageCode, task, failure));
  await tasks.end(task, 'FAILED', failure);
}

async function failOrRetry(
  dependencies: RunTaskDependencies,
  task: LeasedTask,
  thrown: unknown,
): Promise<void> {
  const { tasks } = dependencies;
  // Nobody reads the result.
  if (thrown instanceof DeliveryError && thrown.kind === 'gone')
    return void (await tasks.end(task, 'FAILED', 'gone'));
  const isPassing =
    thrown instanceof DatabaseAwayError ||
    thrown instanceof DeliveryError ||
    (thrown instanceof LanguageModelError && thrown.retryable);
  if (isPassing && task.attempts < maxAttempts) {
    const asked = thrown instanceof LanguageModelError ? (thrown.retryAfterMs ?? 0) : 0;
    const delayMs = Math.max(asked, Math.min(maxDelayMs, firstDelayMs * 2 ** (task.attempts - 1)));
    return tasks.release(task, delayMs, true);
  }
  await fail(dependencies, task, thrown instanceof LanguageModelError ? thrown.kind : 'internal');
}

/** Returns a function that shows the progress at intervals. A failed edit does not stop the task. */
function progressTeller(
  { taskMessages, texts }: RunTaskDependencies,
  task: LeasedTask,
): (fraction: number) => void {
  let toldAt = performance.now();
  return (fraction) => {
    if (performance.now() - toldAt < progressIntervalMs) return;
    toldAt = performance.now();
    const message = renderProgress(texts, task.languageCode, task, fraction);
    void taskMessages.showProgress(task, message).catch(() => undefined);
  };
}
