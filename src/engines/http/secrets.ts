import { createRedaction } from '../../domain/redaction.ts';

/** Longer words of a service are cut, in UTF-16 units. */
const mostWords = 200;

/**
 * A service's own words as a log may hold them: on one line, short, and without any of our secrets, which some
 * services repeat in their errors.
 */
export function withoutSecrets(words: string, secrets: readonly (string | null)[]): string {
  const redact = createRedaction(
    secrets.filter((secret) => secret !== null),
    'text',
  );
  const line = redact(words).replaceAll(/\s+/g, ' ').trim();
  return line.length > mostWords ? `${line.slice(0, mostWords).toWellFormed()}…` : line;
}
