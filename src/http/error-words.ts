/** The body of a response: as text, and parsed as JSON, undefined if it is not JSON. */
type ReplyBody = { readonly json: unknown; readonly text: string };

/** Returns a service's error text from the fields that known services use, else the body. */
export function wordsOf({ json, text }: ReplyBody): string {
  const found = findWords(json);
  if (found !== undefined) return found;
  return /^\s*</.test(text) ? 'a web page' : text;
}

function findWords(json: unknown, depth = 0): string | undefined {
  if (typeof json === 'string') return json;
  if (typeof json !== 'object' || json === null || depth > 4) return undefined;
  const record = json as Record<string, unknown>;
  for (const name of ['error', 'detail', 'message', 'data', 'errors', 'Status', '0', 'msg', 'aiResponse']) {
    const words = Object.hasOwn(record, name) ? findWords(record[name], depth + 1) : undefined;
    if (words !== undefined) return words;
  }
  return undefined;
}
