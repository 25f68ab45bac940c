import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRedaction } from '../../src/domain/redaction.ts';
import { loadConfig } from '../../src/runtime/config.ts';
import { secretNames } from '../../src/runtime/config-schema.ts';
import { createLogger } from '../../src/runtime/log.ts';
import { stretchMs } from '../support/event-loop.ts';

let written: string;
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Logs all words with the real logger, and returns the output. */
function logged(env: Record<string, string>, words: readonly string[]): string {
  written = '';
  const log = createLogger(loadConfig(env), 'test');
  for (const text of words) {
    log.error({ cause: text, [text]: [{ nested: text }], error: new Error(text) }, `before${text}after`);
  }
  return written;
}

const jsonOf = (text: string) => JSON.stringify(text).slice(1, -1);
const addressOf = (text: string) =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * Returns the forms in which a secret may reach a log: plain, in JSON, in JSON within JSON, in a URL, and in
 * either case.
 */
const formsOf = (secret: string): string[] => [
  secret,
  jsonOf(secret),
  jsonOf(jsonOf(secret)),
  encodeURIComponent(secret),
  addressOf(secret),
  addressOf(secret).replaceAll(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
  jsonOf(secret).replaceAll('/', '\\/'),
  new URLSearchParams({ secret }).toString().slice('secret='.length),
];

/** Returns every string in a value, keys included. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)]);
}

/**
 * Expects that no line holds any form of the secret, encoded or decoded, and that each line is valid JSON.
 */
function expectNothingOf(secret: string, lines: string): void {
  const forms = formsOf(secret);
  for (const line of lines.trimEnd().split('\n')) {
    const texts = [line, ...stringsIn(JSON.parse(line))];
    const found = texts.filter((text, index) =>
      // Quotes and backslashes of the line itself belong to JSON, not to a text.
      forms.some((form) => (index > 0 || !/["\\]/.test(form)) && text.includes(form)),
    );
    expect(found, secret).toEqual([]);
  }
}

/** Secrets with every character that is special in JSON, in URLs and in regular expressions. */
const anySecret = fc
  .string({
    unit: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(...'"\\/%+&=?#:@ $^.*[](){}|-_~!\'`<>\n\t\u007f\u200f\u2028é'),
      },
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.constantFrom(...'abcdefnrtu0123456789AEF') },
    ),
    minLength: 16,
    maxLength: 48,
  })
  .filter((text) => text.trim() === text && text.isWellFormed() && text.length >= 16);

describe('the log', () => {
  test('the log never holds any form of a random secret, and stays valid JSON', () => {
    fc.assert(
      fc.property(anySecret, (secret) => {
        const env = { METRICS_TOKEN: secret };
        expectNothingOf(secret, logged(env, [...formsOf(secret), `\\${secret}"`, `${secret}${secret}`]));
      }),
      { numRuns: 60 },
    );
  });

  test('the log never holds a user, a password or a whole URL of a Redis server, with any characters in them', () => {
    fc.assert(
      fc.property(anySecret, anySecret, (user, password) => {
        const address = `redis://${addressOf(user)}:${addressOf(password)}@localhost:6379`;
        const lines = logged({ REDIS_URL: address }, [...formsOf(user), ...formsOf(password), address]);
        for (const secret of [user, password, address]) expectNothingOf(secret, lines);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    [
      'the bot’s token in an address',
      'https://api.telegram.org/file/bot123456789%3AAA-not-a-real-token-012/a.oga',
    ],
    ['the same in small letters', 'https://api.telegram.org/bot123456789%3aAA-not-a-real-token-012/getMe'],
    ['the key of the token by itself', 'AA-not-a-real-token-012'],
    [
      'a token with a quote, within JSON within JSON',
      jsonOf(jsonOf('{"token":"with-"quotes"-and-\\-in-it"}')),
    ],
    ['a short password, in its address', 'connect to postgresql://dabir:pw@db/dabir failed'],
    ['a password that is a parameter', 'postgresql://db/dabir?password=a-parameter'],
  ])('the log redacts %s', (_name, words) => {
    const env = {
      BOT_TOKEN: '123456789:AA-not-a-real-token-012',
      EBOO_TOKEN: 'with-"quotes"-and-\\-in-it',
      DATABASE_URL: words.includes('parameter') ? words : 'postgresql://dabir:pw@db/dabir',
    };
    const line = logged(env, [words]);
    expect(line).toContain('[secret]');
    for (const secret of ['AA-not-a-real', '123456789', 'quotes', 'and-', ':pw@', 'a-parameter'])
      expect(line).not.toContain(secret);
  });

  test('the log redacts the password in any other URL', () => {
    const address = 'https://somebody:a-password@openai.example.org';
    const line = logged({ OPENAI_BASE_URL: address }, [
      `cannot connect to ${address}/v1, a-password is wrong`,
    ]);
    expect(line).not.toMatch(/somebody|a-password/);
  });

  test('the log keeps words that only look like an escaped secret', () => {
    const line = logged({ VIRA_TOKEN: 'nabcdef' }, ['\nabcdef']);
    expect((JSON.parse(line) as { cause: string }).cause).toBe('\nabcdef');
  });

  test('the log keeps the database’s user and host for the operator', () => {
    const line = logged({ DATABASE_URL: 'postgresql://postgres:a-password@database.example.org/dabir' }, [
      'user postgres at database.example.org',
    ]);
    expect(line).toContain('user postgres at database.example.org');
  });
});

test('the log redacts every secret of the configuration, by its name', () => {
  const values: Record<string, string> = {
    BOT_TOKEN: '123456789:AA-not-a-real-token-012',
    DATABASE_URL: 'postgresql://dabir:secret-of-the-database@db/dabir',
    REDIS_URL: 'redis://user-of-redis:secret-of-redis@redis:6379',
  };
  for (const name of secretNames) {
    const value = values[name] ?? `the-secret-of-${name}`;
    expect(logged({ [name]: value }, [value]), name).not.toContain(value);
  }
});

test('redaction leaves no rest of a secret that begins with another one, and knows no empty secret', () => {
  expect(createRedaction(['key', 'key-of-2', 'other'], 'text')('a key-of-2, a key')).toBe(
    'a [secret], a [secret]',
  );
  for (const secrets of [[], ['']]) expect(createRedaction(secrets, 'text')('any text')).toBe('any text');
  expect(createRedaction(['secret', ''], 'text')('my secret')).toBe('my [secret]');
});

test('redaction replaces a secret behind a backslash in text, where it is no escape', () => {
  expect(createRedaction(['notes'], 'text')('C:\\notes')).toBe('C:\\[secret]');
  expect(createRedaction(['notes'], 'json')('"C:\\notes"')).toBe('"C:\\notes"');
});

test('redaction replaces nothing that only resembles a secret', () => {
  for (const form of ['json', 'text'] as const) {
    const redact = createRedaction(['a-b-c'], form);
    for (const text of ['a-b', 'a+b-c', 'a-b\\\\c', 'a\\/b-c', 'a-b-C', 'a.b.c'])
      expect(redact(text)).toBe(text);
  }
  // In JSON, a quotation mark that is not escaped ends a string.
  expect(createRedaction(['a","b'], 'json')('["a","b"]')).toBe('["a","b"]');
});

test('redaction works on text that is not JSON too, and on a long text quickly', () => {
  const redact = createRedaction(['pass"word\\with', 'other'], 'text');
  expect(redact('is pass"word\\with or pass\\"word\\\\with or pass%22word%5cwith?')).toBe(
    'is [secret] or [secret] or [secret]?',
  );
  const redactJson = createRedaction(['\\"\\"\\"\\"abcdef', 'aaaaaaaaab'], 'json');
  const long = `${'\\'.repeat(20_000)}${'a'.repeat(200_000)}`;
  expect(stretchMs(() => redactJson(long), 1)).toBeLessThan(2_000);
});
