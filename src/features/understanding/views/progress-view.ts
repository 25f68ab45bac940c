import type { LanguageModelFailure } from '../../../app/ports/language-model.ts';
import type { TaskMessage } from '../../../app/ports/task-messages.ts';
import { formatPercent } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { BudgetLimit } from '../budget.ts';
import type { LeasedTask } from '../store/tasks.ts';
import { packPress } from './presses.ts';

/** Why a task has no result. `empty`: nothing was said, or the transcript was deleted. */
export type TaskFailure = LanguageModelFailure | `budget-${BudgetLimit}` | 'empty' | 'internal';

type Shown = Pick<LeasedTask, 'id' | 'kind'>;

/** Returns the message of a task that waits for a worker. */
export function renderWaiting(texts: Texts, languageCode: string | null, { id, kind }: Shown): TaskMessage {
  const title = texts(languageCode, `understanding-title-${kind}`);
  return cancellable(texts, languageCode, id, texts(languageCode, 'understanding-waiting', { title }));
}

/** Returns the message of a task that runs; `fraction` is 0 to 1. */
export function renderProgress(
  texts: Texts,
  languageCode: string | null,
  { id, kind }: Shown,
  fraction: number,
): TaskMessage {
  const title = texts(languageCode, `understanding-title-${kind}`);
  const percent = formatPercent(texts, languageCode, fraction);
  return cancellable(
    texts,
    languageCode,
    id,
    texts(languageCode, 'understanding-running', { title, percent }),
  );
}

/** Returns the message of a task that failed. */
export function renderFailure(
  texts: Texts,
  languageCode: string | null,
  { kind }: Shown,
  failure: TaskFailure,
): TaskMessage {
  const title = texts(languageCode, `understanding-title-${kind}`);
  return { text: texts(languageCode, 'understanding-failed', { title, failure }), bold: [], rows: [] };
}

function cancellable(texts: Texts, languageCode: string | null, id: number, text: string): TaskMessage {
  const cancel = { text: texts(languageCode, 'button-cancel'), data: packPress('cancel', id) };
  return { text, bold: [], rows: [[cancel]] };
}
