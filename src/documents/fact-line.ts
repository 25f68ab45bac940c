import { type Direction, embeddingLevels, firstStrongDirection, visualOrder } from './layout/direction.ts';

/**
 * Returns a label and its value on one line, for formats whose lines take the direction of their first strong
 * character. The value is isolated (FSI and PDI, UAX #9) only where the visual order would differ without it,
 * such as `C++` after Persian.
 */
export function factLine({ label, value }: { label: string; value: string }, fallback: Direction): string {
  const name = value.replace(directionMarks, '');
  const plain = `${label}: ${name}`;
  const isolated = `${label}: \u2068${name}\u2069`;
  const direction = firstStrongDirection(plain) ?? fallback;
  return asSeen(plain, direction) === asSeen(isolated, direction) ? plain : isolated;
}

/** Returns the line, isolated (RLI or LRI) if its visual order would differ in the paragraph's direction. */
export function lineOf(text: string, direction: Direction): string {
  const own = firstStrongDirection(text) ?? 'ltr';
  if (own === direction || asSeen(text, own) === asSeen(text, direction)) return text;
  return `${direction === 'rtl' ? '\u2067' : '\u2066'}${text}\u2069`;
}

/** Embeddings, overrides and isolates; in a value they could end the isolate around it. */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * Returns the characters in visual order, each with the parity of its level, because the brackets of
 * right-to-left text are mirrored.
 */
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
