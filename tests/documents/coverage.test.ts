import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { familiesFor } from '../../src/documents/fonts/families.ts';
import { createShapers, type Shaper, shapersFor } from '../../src/documents/fonts/shaper.ts';
import { firstStrongDirection } from '../../src/documents/layout/direction.ts';
import { speechLanguages } from '../../src/domain/languages.ts';

const read = async (path: string) => JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));

/**
 * The first sentence of article 1 of the Universal Declaration of Human Rights, by Whisper's language codes.
 */
const sentences: Record<string, string> = await read('../fixtures/documents/sentences.json');
const { optionalDependencies } = await read('../../package.json');

/** Returns the characters of a sentence that the shaper cannot draw. */
function missingGlyphs(shaper: Shaper, sentence: string): string[] {
  const direction = firstStrongDirection(sentence) ?? 'ltr';
  return sentence.split(' ').flatMap((word) => shaper.shape(word, direction).missingGlyphs);
}

test('there is a sample sentence for every language that Whisper knows', () => {
  expect(Object.keys(sentences).sort()).toEqual([...speechLanguages].sort());
});

test.each(Object.entries(sentences))(
  'every character of %s is drawn, in both weights, in one font per word',
  (language, sentence) => {
    const { regular, bold } = shapersFor(language);
    expect(missingGlyphs(regular, sentence)).toEqual([]);
    expect(missingGlyphs(bold, sentence)).toEqual([]);
    for (const word of sentence.split(' ')) {
      const { cells } = regular.shape(word, firstStrongDirection(sentence) ?? 'ltr');
      expect(new Set(cells.map(({ face }) => face)).size, word).toBe(1);
    }
  },
);

test('missing glyphs are reported where the optional fonts are not installed', () => {
  const missing = Object.entries(sentences).filter(([language, sentence]) => {
    const installed = familiesFor(language).filter(
      ({ files }) => !Object.keys(optionalDependencies).some((name) => files.regular.startsWith(`${name}/`)),
    );
    return missingGlyphs(createShapers(installed, language).regular, sentence).length > 0;
  });
  expect(missing.map(([language]) => language).sort()).toEqual(['ja', 'ko', 'yue', 'zh']);
});
