/** Maximum graphemes that the note lists. */
const maxListed = 40;

/**
 * Lists characters by code point, `U+1F9FF`, for a note in a document or a log, because no font can show them.
 */
export function describeMissingGlyphs(graphemes: Iterable<string>): string {
  const numbers = Array.from(graphemes, (grapheme) =>
    Array.from(grapheme, (character) => `U+${hex(character.codePointAt(0) ?? 0)}`)
      .slice(0, 8)
      .join('+'),
  );
  const more = numbers.length - maxListed;
  return numbers.slice(0, maxListed).join(', ') + (more > 0 ? ` … (+${more})` : '');
}

function hex(codePoint: number): string {
  return codePoint.toString(16).toUpperCase().padStart(4, '0');
}
