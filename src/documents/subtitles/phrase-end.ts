/** How a word ends: a sentence, a clause, or neither. */
export const endsSentence = 0;
export const endsClause = 1;
export const endsNothing = 2;

const sentenceMarks = new Set('.!?؟…۔。！？।');
const clauseMarks = new Set(',،;؛:、，–—-');
/** Quotation marks and brackets that may follow such a mark. */
const closers = new Set('"\'»”’)]');

/** Returns how a word ends, by its last mark before closing quotation marks and brackets. */
export function phraseEnd(word: string): typeof endsSentence | typeof endsClause | typeof endsNothing {
  let last = word.length - 1;
  while (last >= 0 && closers.has(word[last] ?? '')) last--;
  const mark = word[last] ?? '';
  if (sentenceMarks.has(mark)) return endsSentence;
  return clauseMarks.has(mark) ? endsClause : endsNothing;
}
