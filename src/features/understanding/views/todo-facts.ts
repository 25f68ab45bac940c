import { textLanguage } from '../../../domain/languages.ts';
import { writeDigits } from '../../../domain/persian/digits.ts';
import { formatCalendarDay, isolate } from '../../../texts/format.ts';
import type { StoredTodo } from '../store/stored-result.ts';

/** Returns who is to do it, and when, in the calendars of the language. */
export function todoFacts(languageCode: string | null, { who, due }: StoredTodo): string[] {
  const day =
    due === null ? null : due.gregorian === null ? due.words : formatCalendarDay(languageCode, due.gregorian);
  const time = due?.time ?? null;
  const digits = textLanguage(languageCode) === 'fa' ? 'persian' : 'latin';
  return [
    ...(who === null ? [] : [isolate(who)]),
    ...(day === null ? [] : [isolate(time === null ? day : `${day} ${writeDigits(time, digits)}`)]),
  ];
}
