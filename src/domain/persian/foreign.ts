/** What ends a sentence or closes a bracket after an address, and does not belong to it. */
const closing = `.,،؛:!؟?…)\\]'"»`;
/** The rest of an address, in any script. */
const rest = `(?:[^\\s«»]*[^\\s«»${closing}])?`;

/** A visible ASCII character or a Latin letter. */
const ascii = '[!-~\\p{Script=Latin}]';

/**
 * Text that is not Persian prose and stays as it is:
 * - code between backticks;
 * - addresses with a scheme or `www.`, whose path may be Persian, and hashtags;
 * - every piece with a Latin letter in it, with a Persian path after its slash, and including a number that belongs to it
 *   (`iPhone 15`). Punctuation at its end is prose again.
 *
 * A piece is looked for at the beginning of a row of ASCII characters only, and a scheme has at most 16 letters: tried
 * from every character, a long row would take quadratic time.
 */
export const foreignText = new RegExp(
  [
    '`[^`\\n]*`',
    `\\b(?:[a-z][a-z0-9+.-]{1,15}:\\/\\/|www\\.)${rest}`,
    '#[\\p{L}\\p{M}\\p{N}_\\u200c]+',
    `(?<!${ascii})(?=${ascii}*?\\p{Script=Latin})${ascii}*[\\w/=&#%+@\\p{Script=Latin}](?:(?<=\\/)${rest}|(?: +\\d[\\d.]*(?![\\w٠-٩۰-۹]))?)`,
  ].join('|'),
  'giu',
);
