/** Longer words of a service are cut, in UTF-16 units. */
const mostWords = 200;

/**
 * A service's own words as a log may hold them: on one line, short, and without any of our secrets, which some
 * services repeat in their errors.
 */
export function withoutSecrets(words: string, secrets: readonly (string | null)[]): string {
  let clean = words;
  for (const secret of secrets) {
    if (secret === null || secret === '') continue;
    clean = clean.replaceAll(secret, '[secret]').replaceAll(encodeURIComponent(secret), '[secret]');
  }
  const line = clean.replaceAll(/\s+/g, ' ').trim();
  return line.length > mostWords ? `${line.slice(0, mostWords).toWellFormed()}…` : line;
}
