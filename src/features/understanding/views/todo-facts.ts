import { formatCalendarDay, isolate } from '../../../texts/format.ts';
import type { StoredTodo } from '../store/stored-result.ts';

/** Returns who is to do it, and when, in the calendars of the language. */
export function todoFacts(languageCode: string | null, { who, due }: StoredTodo): string[] {
  const day =
    due === null ? null : due.gregorian === null ? due.words : formatCalendarDay(languageCode, due.gregorian);
  const time = due?.time ?? null;
  return [
    ...(who === null ? [] : [isolate(who)]),
    ...(day === null ? [] : [isolate(time === null ? day : `${day} ${time}`)]),
  ];
}
