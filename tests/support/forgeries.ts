import fc from 'fast-check';
import { burstActions } from '../../src/domain/burst.ts';
import { plainActions } from '../../src/domain/button.ts';
import { defaultFormats } from '../../src/domain/document.ts';
import { engineIds } from '../../src/domain/engine-names.ts';

/** Data that a client could send and Dabir never does: bytes, other languages' code, huge numbers. */
const garbage = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 15 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    "1'; DROP TABLE lane; --",
    '::::',
    '{}',
    'engine:\u0000:local',
    '__proto__:1',
    'constructor',
    'toString:1',
  ),
);

/** Ids that do not exist, and some that are invalid. */
const strangeIds = [
  '0',
  '-1',
  '01',
  '1e3',
  '1.5',
  '0x1',
  ' 1',
  '۱',
  'NaN',
  '2147483648',
  '9'.repeat(15),
  '9'.repeat(16),
  '9'.repeat(19),
  '9'.repeat(40),
];

const named = (prefix: string, actions: readonly string[]) =>
  actions.map((action) => `${prefix}:${action}:ID`);

/** Every button with an id, for which `ID` stands; those of groups and admins too. */
const shapes = [
  ...['engine', 'format', ...plainActions].map((action) => `${action}:ID`),
  ...engineIds.flatMap((engine) => [`engine:ID:${engine}`, `switch:ID:${engine}`, `burst:ID:on:${engine}`]),
  ...defaultFormats.flatMap((format) => [`format:ID:${format}`, `bundle:ID:${format}`]),
  ...named('admin', ['show', 'block', 'unblock', 'admit', 'promote', 'demote', 'queue', 'give-back']),
  ...named('admin', ['cancel-all', 'quota', 'send', 'stop']),
  ...named('history', ['open', 'files', 'delete', 'erase', 'older', 'newer']),
  ...named('glossary', ['entry', 'edit', 'remove', 'restore']),
  ...named('correct', ['undo', 'forget']),
  ...named('speakers', ['list', 'leave']),
  ...['play', 'others', 'apart', 'is', 'keep'].map((action) => `speakers:${action}:ID:0`),
  ...['speakers:same:ID:0:1', 'speakers:voices:forget:ID'],
  ...named('secretary', ['draft', 'later', 'never', 'back', 'send', 'again', 'edit', 'discard']),
  ...[
    'secretary:in:ID:4',
    'secretary:set:ID:notes:both',
    'secretary:set:ID:engine:openai',
    'secretary:set:ID:page:engine',
    'secretary:set:ID:people',
    'secretary:peer:ID:1:yes',
    'secretary:peer:1:ID:no',
  ],
  ...[
    'low-confidence:page:ID:0',
    'low-confidence:play:ID:0',
    'low-confidence:play:1:ID',
    'admin:quota:ID:day:none',
  ],
  ...[
    ...burstActions.map((action) => `burst:ID:${action}`),
    'alerts:off',
    'mydata:retention:ID',
    'groups:main',
    'groups:automatic:on',
    'transcribe:mine',
  ],
];

/** Corrupts the data of real buttons in various ways. */
function spoilt(real: readonly string[]): fc.Arbitrary<string> {
  const spoil = fc.constantFrom<(data: string) => string>(
    (data) => `${data}:`,
    (data) => `${data}:1`,
    (data) => `:${data}`,
    (data) => ` ${data}`,
    (data) => `${data}\n`,
    (data) => data.toUpperCase(),
    (data) => data.replace(':', '::'),
    (data) => data.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit))),
    (data) => data.replace(/(\d+)/, '0$1'),
    (data) => data.replace(/(\d+)/, '-$1'),
    (data) => data.replace(/(\d+)/, '$1e0'),
  );
  return fc.tuple(fc.constantFrom(...real), spoil).map(([data, change]) => change(data));
}

/** A button's data has at most 64 bytes (Bot API, `InlineKeyboardButton.callback_data`). */
const fits = (data: string) => data.length > 0 && Buffer.byteLength(data) <= 64;

/**
 * Returns the callback data of an attacker: data of other users' buttons, the same with other ids or
 * corrupted, every action on other users' files, and random data.
 * @param real data of other users' buttons
 * @param ids ids of what is theirs: files, corrections, entries, users
 */
export function forgeries(
  real: readonly string[],
  ids: readonly number[],
  { seed, count }: { readonly seed: number; readonly count: number },
): string[] {
  const id = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ids.map(String)) },
    { weight: 2, arbitrary: fc.constantFrom(...strangeIds) },
    { weight: 1, arbitrary: fc.nat(60).map(String) },
  );
  const known = [...shapes, ...real.map((data) => data.replace(/\d+/, 'ID'))];
  const aimed = fc.tuple(fc.constantFrom(...known), id).map(([shape, number]) => shape.replace('ID', number));
  const any = fc.oneof(
    { weight: 6, arbitrary: aimed },
    { weight: 3, arbitrary: fc.constantFrom(...real) },
    { weight: 3, arbitrary: spoilt(real) },
    { weight: 2, arbitrary: garbage },
  );
  return fc.sample(any.filter(fits), { seed, numRuns: count });
}

/** Returns malformed data only, which is valid on no button and for no user. */
export function nonsense(
  real: readonly string[],
  { seed, count }: { readonly seed: number; readonly count: number },
): string[] {
  const valid = new Set(real);
  const any = fc.oneof(spoilt(real), garbage).filter((data) => fits(data) && !valid.has(data));
  return fc.sample(any, { seed, numRuns: count });
}

/** Returns made-up payloads for /start in a link to the bot. */
export function deepLinks({ seed, count }: { readonly seed: number; readonly count: number }): string[] {
  const any = fc.oneof(
    fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-'),
      minLength: 1,
      maxLength: 64,
    }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
    fc.constantFrom(
      'x'.repeat(4_000),
      '__proto__',
      'toString',
      'settings1',
      'SETTINGS',
      '/history',
      '%00',
      '../..',
      '🜁',
    ),
  );
  return fc.sample(
    // Telegram trims white space at both ends, and a link has no line breaks.
    any.map((text) => text.replace(/[\s\p{Cc}]/gu, '')).filter((text) => text !== ''),
    { seed, numRuns: count },
  );
}
