import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { TextLanguage } from '../../src/domain/languages.ts';
import { listTextFiles } from '../../src/texts/texts.ts';

/** Returns the texts of a language by key, as they are in the files. */
function textsOf(language: TextLanguage): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of listTextFiles(language)) {
    for (const [, key = '', text = ''] of readFileSync(file, 'utf8').matchAll(
      /^([\w-]+) = ?(.*(?:\n(?: .*)?(?=\n|$))*)/gm,
    )) {
      texts.set(key, text);
    }
  }
  return texts;
}

/** How each language says that a button is tapped, with the button's words in quotation marks. */
const mentions = {
  en: /(?:[Tt]ap|[Tt]apping)(?: ⋯ and)? “([^”]+)”(?: or “([^”]+)”)?|“([^”]+)” under a text/g,
  fa: /«([^»]+)»(?: یا «([^»]+)»)? را بزنید|دکمهٔ «([^»]+)»/g,
} as const;

/** Returns the buttons that sentences name, with the key of each sentence. */
function namedButtons(texts: Map<string, string>, language: TextLanguage) {
  return [...texts].flatMap(([key, text]) =>
    [...text.matchAll(mentions[language])].flatMap(([, ...words]) =>
      words.filter((word) => word !== undefined).map((word) => ({ key, word })),
    ),
  );
}

test.each(['en', 'fa'] as const)('a sentence names a button by the words on it (%s)', (language) => {
  const texts = textsOf(language);
  const buttons = new Set(
    [...texts].filter(([key]) => key.includes('button-')).map(([, text]) => text.trim()),
  );
  const named = namedButtons(texts, language);
  // The sentences that name buttons today; a lower number means that the check no longer finds them.
  expect(named.length).toBeGreaterThanOrEqual(4);
  expect(named.filter(({ word }) => !buttons.has(word))).toEqual([]);
});

/** Buttons that are under a text only after a press on ⋯. */
const unfolded = ['fix', 'other', 'times', 'replaced', 'on-request'].map((name) => `button-${name}`);

test.each(['en', 'fa'] as const)('a sentence says that a button is behind ⋯ (%s)', (language) => {
  const texts = textsOf(language);
  const hidden = new Set(unfolded.map((key) => texts.get(key)?.trim()));
  const sentences = [
    ...namedButtons(texts, language).flatMap(({ key, word }) => (hidden.has(word) ? [key] : [])),
    ...['privacy-page', 'settings-formats', 'groups-formats-page'],
  ];
  expect(sentences).toContain('help-corrections');
  expect(sentences.filter((key) => !texts.get(key)?.includes('⋯'))).toEqual([]);
});
