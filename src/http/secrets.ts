import { createRedaction } from '../domain/redaction.ts';

/** Maximum length of a service's text in a log, in UTF-16 units. */
const maxWords = 200;

/** Makes text of a service safe to log: on one line, short, and without our secrets, which some services echo. */
export function withoutSecrets(words: string, secrets: readonly (string | null)[]): string {
  const redact = createRedaction(
    secrets.filter((secret) => secret !== null),
    'text',
  );
  const line = redact(words).replaceAll(/\s+/g, ' ').trim();
  return line.length > maxWords ? `${line.slice(0, maxWords).toWellFormed()}…` : line;
}
