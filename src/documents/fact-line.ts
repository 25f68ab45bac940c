import { type Direction, embeddingLevels, firstStrongDirection, visualOrder } from './layout/direction.ts';

/**
 * A label and its value on one line, for a format that shows lines by their first strong character. The value is
 * isolated (FSI and PDI, UAX #9) only where it would be shown in another order otherwise: `C++` after Persian.
 */
export function factLine({ label, value }: { label: string; value: string }, fallback: Direction): string {
  const name = value.replace(directionMarks, '');
  const plain = `${label}: ${name}`;
  const isolated = `${label}: \u2068${name}\u2069`;
  const direction = firstStrongDirection(plain) ?? fallback;
  return asSeen(plain, direction) === asSeen(isolated, direction) ? plain : isolated;
}

/** A line that would be shown in another direction than its paragraph's, isolated (RLI or LRI); others as they are. */
export function lineOf(text: string, direction: Direction): string {
  const own = firstStrongDirection(text) ?? 'ltr';
  if (own === direction || asSeen(text, own) === asSeen(text, direction)) return text;
  return `${direction === 'rtl' ? '\u2067' : '\u2066'}${text}\u2069`;
}

/** Embeddings, overrides and isolates, which could end ours. */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g;

/** The characters from left to right in a line of a direction, and which way round each is (brackets turn). */
function asSeen(text: string, direction: Direction): string {
  const levels = embeddingLevels(text, direction);
  const units = Array.from({ length: text.length }, (_, index) => ({
    unit: text[index] ?? '',
    level: levels[index] ?? 0,
  }));
  return visualOrder(units)
    .map(({ unit, level }) => unit + (level % 2))
    .join('')
    .replace(/[\u2066-\u2069]\d/g, '');
}
