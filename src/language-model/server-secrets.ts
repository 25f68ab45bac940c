/** Minimum length of a path segment that may be a key, in UTF-16 units. */
const minKeyLength = 16;

/**
 * Returns what no message may contain: the key, and the segments of the address that may be keys. ArvanCloud's
 * addresses hold a token, and Liara's an id of the project.
 */
export function secretsOfServer(baseUrl: string, apiKey: string | null): string[] {
  const { pathname, username, password } = new URL(baseUrl);
  const segments = pathname.split('/').filter((segment) => segment.length >= minKeyLength);
  return [...(apiKey === null ? [] : [apiKey]), ...segments, username, password].filter(
    (secret) => secret !== '',
  );
}
