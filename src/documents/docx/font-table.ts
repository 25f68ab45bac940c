/** On Windows and macOS; it has Persian, Arabic, Hebrew, Thai and Latin letters. */
export const fontName = 'Tahoma';

/** What programs take where it is missing (Android, Linux), in this order. */
const alternatives = 'Vazirmatn,Noto Sans Arabic,Roboto,DejaVu Sans,Arial';

/** The package's list of fonts with what to take in their place. Family 2 is sans serif (Swiss). */
export function fontTable(empty: string): string {
  const font = `<w:font w:name="${fontName}"><w:altName w:val="${alternatives}"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>`;
  return empty.replace(/(<w:fonts[^>]*?)\/>\s*$/, `$1>${font}</w:fonts>`);
}
