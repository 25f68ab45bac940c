import { expect, test } from 'vitest';
import { createUnknownResponseError } from '../../src/engines/read-response.ts';
import { loadTexts } from '../../src/texts/texts.ts';

const client = { clean: (words: string) => words };
const errorOf = (json: unknown) => createUnknownResponseError({ json, text: JSON.stringify(json) }, client);

test('an answer in an unknown form is told by the names and types of its fields, without its contents', () => {
  const secret = 'what somebody said';
  const json = {
    outcome: [{ sentence: secret, at: 3 }],
    [secret]: true,
    deep: { a: { b: { c: { d: { e: { f: secret } } } } } },
    none: null,
  };
  const { code, message } = errorOf(json);
  expect(code).toBe('engine_response_unknown');
  expect(message).toBe(
    'the service answered in a form I do not know: {outcome: [{sentence: string, at: number}], ?: boolean, ' +
      'deep: {a: {b: {c: {d: {e: …}}}}}, none: null}',
  );
});

test('the shape of a large answer is short in the log, and shorter for the user', () => {
  const json = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [`field_number_${index}`, index]),
  );
  const { message, details } = errorOf(json);
  expect(message.length).toBeLessThan(300);
  expect(`${details['form']}`.length).toBeLessThan(100);
});

test.each(['en', 'fa'])('the user reads the form in the language %s', (language) => {
  const { code, details } = errorOf({ outcome: 'done' });
  const sentence = loadTexts()(language, `error-${code}`, details);
  expect(sentence).toContain('({outcome: string})');
});

test.each([
  ['a page that is no JSON', undefined],
  ['null', null],
  ['an error', { error: { message: 'busy' } }],
])('%s may be temporary, so the file is tried again', (_, json) => {
  expect(errorOf(json)).toMatchObject({ code: 'engine_failed', retryable: true });
});
