const endings = new Set(
  `ی م ت ش مان تان شان مون تون شون یم ید ند ان انی انم انت انش انمان انتان انشان گان ای یی یش یت یمان یتان یشان ست
  ها های هایی هایم هایت هایش هایمان هایتان هایشان هاست هام هات هاش هامون هاتون هاشون ترین تر`
    .trim()
    .split(/\s+/),
);
export const maxInflection = 8;

/** Returns the letters of a word before its first half-space or ezafe hamza. */
export function headOf(word: string): string {
  const end = word.search(/[\u200c\u0654]/u);
  return end === -1 ? word : word.slice(0, end);
}

/** Reports whether letters after a noun are an ending: «ی» and «هایش» after «کتاب», but no «ش» after «گو» («گوش»). */
export function isInflection(noun: string, ending: string): boolean {
  if (ending === '' || /^[\u200c\u0654]/u.test(ending)) return true;
  const head = headOf(ending);
  if (/[او]$/u.test(noun) && /^(?:[متش]|مان|تان|شان|ان|م|ند|ید)$/u.test(head)) return false;
  return endings.has(head);
}
