import { type Direction, embeddingLevels, firstStrongDirection, visualOrder } from './layout/direction.ts';
import { withIsolates } from './layout/isolates.ts';

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

/**
 * Returns a line of WebVTT, whose players take a line's direction from its first strong character: isolated (RLI or
 * LRI) if its visual order would differ in the given direction, and with numbers isolated that would read backwards.
 */
export function lineOf(text: string, direction: Direction): string {
  const isolated = withIsolates(text, direction);
  const own = firstStrongDirection(text) ?? 'ltr';
  if (own === direction || asSeen(isolated, own) === asSeen(isolated, direction)) return isolated;
  return `${direction === 'rtl' ? '\u2067' : '\u2066'}${isolated}\u2069`;
}

/**
 * Returns a line of SubRip, whose players have a direction of their own, most of them left to right: every
 * right-to-left line is embedded (RLE and PDF), and each other that begins with a right-to-left letter (LRE). Players
 * know embeddings longer than isolates, and marks at the ends of a line (RLM) do not move the words within.
 */
export function embeddedLine(text: string, direction: Direction): string {
  const isolated = withIsolates(text, direction);
  const own = firstStrongDirection(text);
  if (direction === 'rtl') return own === null ? isolated : `\u202b${isolated}\u202c`;
  return own === 'rtl' ? `\u202a${isolated}\u202c` : isolated;
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
