/** A voice as a unit vector of the embedding model; vectors of one speaker point in similar directions. */
export type Voice = readonly number[];

/** A voice that a user had remembered, with the name of its speaker. */
export type KnownVoice = { readonly name: string; readonly voice: Voice };

/** The name of a speaker whose voice is known. `isCertain`: similar enough to use the name without asking. */
export type RecognisedVoice = { readonly name: string; readonly isCertain: boolean };

/**
 * Similarity (cosine) from which on a voice is the same speaker's without asking, and from which on the name is
 * offered. Of 3,490 pairs of different voices none reached 0.54, and two readers who sound alike 0.75; of 23 undamaged
 * pairs of one voice all reached 0.75 (docs/engines.md, `npm run bench:voices`).
 */
const certain = 0.75;
const likely = 0.5;
/** How much more similar the best name has to be than the next one, to be used without asking. */
const margin = 0.1;

/** Returns how similar two voices are: the cosine of their angle, -1 to 1. */
export function voiceSimilarity(a: Voice, b: Voice): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    product += value * other;
    ofA += value * value;
    ofB += other * other;
  }
  return ofA === 0 || ofB === 0 ? 0 : product / Math.sqrt(ofA * ofB);
}

/**
 * Recognises the voices of speakers. The most similar pairs come first, and each name and each speaker is used once.
 * @param speakers the voices by the speaker's number
 * @returns names by the speaker's number
 */
export function recogniseVoices(
  speakers: ReadonlyMap<number, Voice>,
  known: readonly KnownVoice[],
): Map<number, RecognisedVoice> {
  const pairs = [...speakers].flatMap(([speaker, voice]) =>
    known.map(({ name, voice: kept }) => ({ speaker, name, similarity: voiceSimilarity(voice, kept) })),
  );
  const recognised = new Map<number, RecognisedVoice>();
  const used = new Set<string>();
  for (const { speaker, name, similarity } of pairs.toSorted((a, b) => b.similarity - a.similarity)) {
    if (similarity < likely) break;
    if (recognised.has(speaker) || used.has(name)) continue;
    // A second voice that is nearly as similar makes it a guess: of this speaker, or of this name.
    const isAlone = pairs.every(
      (other) =>
        (other.speaker === speaker) === (other.name === name) || other.similarity <= similarity - margin,
    );
    recognised.set(speaker, { name, isCertain: similarity >= certain && isAlone });
    used.add(name);
  }
  return recognised;
}
