import { readFileSync } from 'node:fs';
import { FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { textFiles } from '../../src/texts/texts.ts';
import { isSentence, sourceStrings, stringsOf } from '../support/source-strings.ts';

describe('no sentence for users stands in the code', () => {
  test('of the bot, the use cases, the admin page and the worker', () => {
    const said = sourceStrings('{src/{app,admin,bot,telegram,texts,links},worker}/**/*.ts').filter(
      isSentence,
    );
    expect(said.map(({ place, parts }) => `${place}: ${parts.join('…')}`)).toEqual([]);
  });

  test('and the check finds one that does', () => {
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
  const keys = textFiles('en').flatMap((file) =>
    new FluentResource(readFileSync(file, 'utf8')).body.map(({ id }) => id),
  );
  const unsaid = keys.filter((key) => !literal.has(key) && !composed.some((pattern) => pattern.test(key)));
  expect(unsaid).toEqual([]);
});
