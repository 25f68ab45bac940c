/** Text in place of a secret. */
const replacement = '[secret]';

/**
 * Returns a function that removes secrets from a text, however they are written: plain, escaped as in JSON (also JSON
 * within JSON), or percent-encoded as in a URL, in whole or in part.
 * @param form `json`: the texts are JSON, and stay valid; `text`: anything else
 */
export function createRedaction(secrets: Iterable<string>, form: 'json' | 'text'): (text: string) => string {
  // Longest first, so that no rest remains of a secret that begins with another.
  const patterns = [...new Set(secrets)]
    .filter((secret) => secret !== '')
    .toSorted((one, other) => other.length - one.length)
    .map((secret) => patternOf(secret, form));
  if (patterns.length === 0) return (text) => text;
  // In JSON, a letter after an odd number of backslashes is the end of an escape such as \n. Every repetition here is
  // bounded: without a bound, a long run of backslashes takes quadratic time or worse.
  const start = form === 'json' ? '(?<!(?<!\\\\)(?:\\\\\\\\){0,8}\\\\)' : '';
  const anySecret = new RegExp(`${start}(?:${patterns.join('|')})`, 'g');
  return (text) => text.replaceAll(anySecret, replacement);
}

/**
 * Returns a regular expression for all forms of a secret. A run of backslashes is one part, because its length varies.
 */
function patternOf(secret: string, form: 'json' | 'text'): string {
  return (secret.match(/\\+|[^\\]/gu) ?? [])
    .map((section) =>
      section.startsWith('\\')
        ? patternOfBackslashes(section.length, form)
        : patternOfCharacter(section, form),
    )
    .join('');
}

/** Escapes of JSON within JSON within JSON: `"` is then `\\\\\\\"`, and `\n` is `\\\\n`. */
const escapedQuote = '\\\\(?:\\\\\\\\){0,3}"';
const backslashes = '\\\\{1,4}';

function patternOfBackslashes(count: number, form: 'json' | 'text'): string {
  // One repetition of a choice; two nested repetitions could take exponential time.
  const backslash = form === 'json' ? '\\\\\\\\' : '\\\\';
  return `(?:${backslash}|%5[cC]|${backslashes}u005[cC]){1,${count * 8}}`;
}

function patternOfCharacter(character: string, form: 'json' | 'text'): string {
  const percent = [...new TextEncoder().encode(character)]
    .map((byte) => `%${anyCase(hex(byte, 2))}`)
    .join('');
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  const forms = [percent, units.map((unit) => `${backslashes}u${anyCase(hex(unit, 4))}`).join('')];
  const escaped = JSON.stringify(character).slice(1, -1);
  if (character === '"') forms.push(escapedQuote);
  else if (escaped !== character) forms.push(`${backslashes}${literal(escaped.slice(1))}`);
  // A character that JSON has to escape stands unescaped in other texts only.
  if (escaped === character || form === 'text') forms.push(literal(character));
  if (character === ' ') forms.push('\\+');
  if (character === '/') forms.push(`${backslashes}/`);
  return `(?:${forms.join('|')})`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** Returns a pattern for hexadecimal digits in either case. */
function anyCase(digits: string): string {
  return digits.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** Escapes a text for use in a regular expression. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
