import type { UnderstoodFile } from '../../../domain/understanding.ts';

/** Callback data of the buttons under a task's message: `understanding:file:7:ics`, `understanding:tick:7:0`. */
export const resultPress =
  /^understanding:(cancel|file|tick|spoken|cleaned):([1-9]\d{0,14})(?::(docx|pdf|ics|0|[1-9]\d{0,2}))?$/;

export type ResultAction = 'cancel' | 'file' | 'tick' | 'spoken' | 'cleaned';

/** Returns the callback data of a button under a task's message. */
export function packPress(action: ResultAction, task: number, of?: UnderstoodFile | number): string {
  return ['understanding', action, task, ...(of === undefined ? [] : [of])].join(':');
}
