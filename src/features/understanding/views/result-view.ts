import type { TaskMessage } from '../../../app/ports/task-messages.ts';
import { clockTime } from '../../../domain/clock-time.ts';
import type { TranscriptionId } from '../../../domain/ids.ts';
import { packMoment } from '../../../domain/understanding.ts';
import { inRows } from '../../../lib/in-rows.ts';
import { isolate } from '../../../texts/format.ts';
import type { Texts } from '../../../texts/texts.ts';
import type { StoredResult, StoredStatement } from '../store/stored-result.ts';
import type { TakenTask } from '../store/tasks.ts';
import { MessageText } from './message-text.ts';

type ResultOf<Kind extends StoredResult['kind']> = Extract<StoredResult, { readonly kind: Kind }>;

type About = Pick<TakenTask, 'id' | 'transcriptionId' | 'options'>;

const playsPerRow = 4;

/** Returns the message of a result: its lines with their moments, and buttons that play them. */
export function renderResult(
  texts: Texts,
  languageCode: string | null,
  task: About,
  result: StoredResult,
): TaskMessage {
  const say = (key: string, variables?: Record<string, string | number>) => texts(languageCode, key, variables);
  switch (result.kind) {
    case 'summary':
    case 'question':
      return renderStatements(say, task, result);
  }
}

type Say = (key: string, variables?: Record<string, string | number>) => string;

function renderStatements(
  say: Say,
  { transcriptionId, options }: About,
  result: Extract<StoredResult, { readonly items: readonly Statement[] }>,
): TaskMessage {
  const text = new MessageText().addHeading(options.question ?? say(`understanding-title-${result.kind}`));
  if (result.items.length === 0) text.addLine(say(`understanding-nothing-${result.kind}`));
  for (const { start, text: words } of result.items) text.addLine(`\n${clockTime(start)} ${words}`);
  addFoot(say, text, result);
  return text.withRows(renderPlays(transcriptionId, result.items));
}

/** Adds what a reader should know: what is missing, and who wrote it. */
function addFoot(say: Say, text: MessageText, { leftOut, isIncomplete, model }: StoredResult): void {
  if (leftOut > 0) text.addFoot(`\n${say('understanding-left-out', { count: leftOut })}`);
  if (isIncomplete) text.addFoot(`\n${say('understanding-incomplete')}`);
  text.addFoot(`\n${say('understanding-made-by', { model: isolate(model) })}`);
}

/** Returns a button for each moment; those that begin at the same second are one. */
function renderPlays(
  id: TranscriptionId | null,
  statements: readonly Pick<StoredStatement, 'start' | 'end'>[],
): TaskMessage['rows'] {
  if (id === null) return [];
  const plays = new Map(
    statements.map(({ start, end }) => [
      clockTime(start),
      { text: `▶ ${clockTime(start)}`, data: packMoment({ id, start, end }) },
    ]),
  );
  return inRows([...plays.values()], playsPerRow);
}
