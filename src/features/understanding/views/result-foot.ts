import type { TaskMessage } from '../../../app/ports/task-messages.ts';
import { clockTime } from '../../../domain/clock-time.ts';
import { formatName } from '../../../domain/document.ts';
import type { TranscriptionId } from '../../../domain/ids.ts';
import { packMoment, type UnderstoodFile } from '../../../domain/understanding.ts';
import { inRows } from '../../../lib/in-rows.ts';
import { isolate } from '../../../texts/format.ts';
import type { ProvenStatement } from '../provable/contract.ts';
import type { StoredResult } from '../store/stored-result.ts';
import { packPress } from './presses.ts';

export type Say = (key: string, variables?: Record<string, string | number>) => string;

const playsPerRow = 4;

/** Returns what a reader should know, one line each: what is missing, and who wrote it. */
export function renderFoot(say: Say, { kind, leftOut, isIncomplete, model }: StoredResult): string[] {
  return [
    ...(leftOut > 0 ? [say('understanding-left-out', { kind, count: leftOut })] : []),
    ...(isIncomplete ? [say('understanding-incomplete')] : []),
    say('understanding-made-by', { kind, model: isolate(model) }),
  ];
}

/** Returns a button for each moment, in rows; those that begin at the same second are one. */
export function renderPlays(
  id: TranscriptionId | null,
  statements: readonly Pick<ProvenStatement, 'start' | 'end'>[],
): TaskMessage['rows'] {
  if (id === null) return [];
  const plays = new Map(
    statements.map(({ start, end }) => [
      clockTime(start),
      { text: `▶ ${clockTime(start)}`, data: packMoment({ id, start, end }) },
    ]),
  );
  return plays.size === 0 ? [] : inRows([...plays.values()], playsPerRow);
}

/** Returns a button that sends a file of a result. */
export function renderFileButton(
  say: Say,
  task: number,
  file: UnderstoodFile,
): TaskMessage['rows'][number][number] {
  const text = file === 'ics' ? say('understanding-button-ics') : formatName(file);
  return { text, data: packPress('file', task, file) };
}
