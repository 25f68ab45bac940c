import { Buffer } from 'node:buffer';
import type { StoredTodo } from './store/stored-result.ts';

/** Maximum length of a line, in bytes, without its end (RFC 5545, 3.1). */
const maxLineBytes = 75;

type Dated = StoredTodo & { readonly due: { readonly gregorian: string } };

/** Returns the tasks whose day is known. */
export function datedTodos(todos: readonly StoredTodo[]): Dated[] {
  return todos.filter((todo): todo is Dated => todo.due?.gregorian != null);
}

/**
 * Returns dates as an iCalendar file (RFC 5545): an event for each, of an hour where a time of day was said, else of the
 * whole day. Times are local to the reader, as they were said.
 * @param id names the events: the same call gives the same ids, so that a calendar does not show an event twice
 * @param writtenAt when the result was made
 */
export function writeCalendar(id: string, todos: readonly StoredTodo[], writtenAt: Date): string {
  const stamp = `${writtenAt.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  const events = datedTodos(todos).flatMap((todo, index) => [
    'BEGIN:VEVENT',
    `UID:${id}-${index}@dabir`,
    `DTSTAMP:${stamp}`,
    ...timesOf(todo.due.gregorian, todo.due.time ?? null),
    `SUMMARY:${escapeText(todo.text)}`,
    `DESCRIPTION:${escapeText([todo.who, todo.quote].filter((line) => line !== null).join('\n'))}`,
    'END:VEVENT',
  ]);
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Dabir//Dabir//EN', ...events, 'END:VCALENDAR'];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function timesOf(day: string, time: string | null): string[] {
  if (time === null) return [`DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`];
  return [`DTSTART:${day.replaceAll('-', '')}T${time.replace(':', '')}00`, 'DURATION:PT1H'];
}

/** Escapes a text value (RFC 5545, 3.3.11). */
function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r?\n/g, '\\n');
}

/** Folds a line at characters, never within one. */
function folded(line: string): string {
  const lines: string[] = [''];
  for (const character of line) {
    const last = lines.at(-1) ?? '';
    // A continued line begins with a space.
    const room = maxLineBytes - (lines.length === 1 ? 0 : 1);
    if (Buffer.byteLength(last + character) > room) lines.push(character);
    else lines[lines.length - 1] = last + character;
  }
  return lines.join('\r\n ');
}
