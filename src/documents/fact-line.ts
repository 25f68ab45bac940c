import { type Direction, embeddingLevels, firstStrongDirection, visualOrder } from './layout/direction.ts';

/**
 * A label and its value on one line, for a format that shows lines by their first strong character. The value is
 * isolated (FSI and PDI, UAX #9) only where it would be shown in another order otherwise: `(local)` after Persian.
 */
export function factLine({ label, value }: { label: string; value: string }, direction: Direction): string {
  const plain = `${label}: ${value}`;
  const isolated = `${label}: \u2068${value}\u2069`;
  return asSeen(plain, direction) === asSeen(isolated, direction) ? plain : isolated;
}

/**
 * A line that shows its own direction by its first strong character, or is isolated where that would be another than
 * its paragraph's.
 */
export function lineOf(text: string, direction: Direction): string {
  const own = firstStrongDirection(text) ?? 'ltr';
  if (own === direction || asSeen(text, own) === asSeen(text, direction)) return text;
  return `${direction === 'rtl' ? '\u2067' : '\u2066'}${text}\u2069`;
}

/** The characters from left to right, and which way round each is (brackets turn). */
function asSeen(text: string, fallback: Direction): string {
  const levels = embeddingLevels(text, firstStrongDirection(text) ?? fallback);
  const units = Array.from({ length: text.length }, (_, index) => ({
    unit: text[index] ?? '',
    level: levels[index] ?? 0,
  }));
  return visualOrder(units)
    .map(({ unit, level }) => unit + (level % 2))
    .join('')
    .replace(/[\u2066-\u2069]\d/gu, '');
}
