/** Limits of a keyterm (ElevenLabs, keyterm prompting). */
const maxLength = 50;
const maxWords = 5;
const refused = /[<>{}[\]\\]/;
/** More than this costs at least 20 s of audio. */
const maxKeyterms = 100;

/** ElevenLabs charges this factor for audio with keyterms. */
export const keytermPriceFactor = 1.2;

/** Returns the hotwords that ElevenLabs takes as keyterms; it refuses the whole request for any other. */
export function keytermsOf(hotwords: readonly string[]): string[] {
  const terms = hotwords.map((word) => word.trim().replaceAll(/\s+/g, ' '));
  return [...new Set(terms)].filter(isKeyterm).slice(0, maxKeyterms);
}

function isKeyterm(term: string): boolean {
  return (
    term !== '' && [...term].length <= maxLength && term.split(' ').length <= maxWords && !refused.test(term)
  );
}
