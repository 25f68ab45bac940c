import { readdirSync, readFileSync } from 'node:fs';
import { FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { listTextFiles } from '../../src/texts/texts.ts';
import { isSentence, sourceStrings, stringsOf } from '../support/source-strings.ts';

/** Files whose strings are letters, names and lists of words, not sentences for users. */
const lettersAndNames = [
  'src/domain/caption.ts',
  'src/domain/common-words.ts',
  'src/domain/correction/words.ts',
  'src/domain/engine-names.ts',
  'src/domain/quota.ts',
  'src/documents/fonts/families.ts',
  'src/features/history/search-words.ts',
  'src/standalone/summary.ts',
];

/** Folders whose strings are words of a language, such as those of numbers, dates and names. */
const vocabularies = ['src/domain/persian/', 'src/features/understanding/provable/'];

const folders = readdirSync(new URL('../../src/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `src/${name}`);

describe('sentences for users', () => {
  test.each([...folders, 'worker'])('no sentence for users stands in the code of %s', (folder) => {
    const said = sourceStrings(`${folder}/**/*.ts`)
      .filter(
        ({ file }) =>
          !lettersAndNames.includes(file) && !vocabularies.some((folder) => file.startsWith(folder)),
      )
      .filter(isSentence);
    expect(said.map(({ place, parts }) => `${place}: ${parts.join('…')}`)).toEqual([]);
  });

  test('every file that is left out of the check holds a string that the check would report', () => {
    const found = lettersAndNames.filter((file) => sourceStrings(file).some(isSentence));
    expect(found).toEqual(lettersAndNames);
  });

  test('a pattern that matches no file is an error, so that a moved folder stays checked', () => {
    expect(() => sourceStrings('src/moved/**/*.ts')).toThrow(/src\/moved/);
  });

  test('the check for sentences in the code finds texts of replies, answers, buttons and views', () => {
    const code = `
      ctx.reply('Hello there');
      ctx.answerCallbackQuery({ text: \`Done \${count} times\` });
      const button = { text: 'Cancel', callback_data: 'cancel' };
      const persian = 'سلام';
      ctx.reply(ctx.say('hello'));
      const view = { kind: 'waiting', text: \`★ \${name}\` };`;
    expect(stringsOf('sample.ts', code).filter(isSentence)).toHaveLength(4);
  });
});

test('every sentence of the locale files is used', () => {
  const strings = sourceStrings('{src,worker}/**/*.ts');
  const literal = new Set(strings.filter(({ parts }) => parts.length === 1).map(({ parts }) => parts[0]));
  // `button-${action}` uses every key that begins so; a key that is all variable would use every one.
  const composed = strings
    .filter(
      ({ parts }) => parts.length > 1 && /^[a-z]+-/.test(parts[0] ?? '') && /^[\w-]+$/.test(parts.join('')),
    )
    .map(({ parts }) => new RegExp(`^${parts.join('[\\w-]+')}$`));
  const keys = listTextFiles('en').flatMap((file) =>
    new FluentResource(readFileSync(file, 'utf8')).body.map(({ id }) => id),
  );
  const unsaid = keys.filter((key) => !literal.has(key) && !composed.some((pattern) => pattern.test(key)));
  expect(unsaid).toEqual([]);
});
