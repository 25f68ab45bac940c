/** Part of Windows and macOS; it has Persian, Arabic, Hebrew, Thai and Latin letters. */
export const fontName = 'Tahoma';

/** Substitutes where that font is missing (Android, Linux), in order of preference. */
const alternatives = 'Vazirmatn,Noto Sans Arabic,Roboto,DejaVu Sans,Arial';

/** Returns the package's font table with the substitutes. Family 2 is sans serif (Swiss). */
export function fontTable(empty: string): string {
  const font = `<w:font w:name="${fontName}"><w:altName w:val="${alternatives}"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>`;
  return empty.replace(/(<w:fonts[^>]*?)\/>\s*$/, `$1>${font}</w:fonts>`);
}
