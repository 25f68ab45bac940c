const wordCharacter = /[\p{Lo}\p{M}]/u;

/**
 * Removes the stretching character (U+0640), which only changes the look of a word. «هـ», the sign of the lunar year,
 * keeps it, and so does a text that uses it as a dash: «تهران ـ مشهد».
 */
export function withoutTatweel(text: string): string {
  return text.replace(/\u0640+/gu, (run, offset: number) => {
    const before = text[offset - 1] ?? '';
    const after = text[offset + run.length] ?? '';
    const continues = wordCharacter.test(after) || after === '\u200c';
    if (!wordCharacter.test(before)) return continues ? '' : run;
    const isLunarYear = before === 'ه' && !wordCharacter.test(text[offset - 2] ?? '');
    return isLunarYear && !continues ? run : '';
  });
}
