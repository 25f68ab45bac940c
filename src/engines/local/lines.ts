import type { Readable } from 'node:stream';

/**
 * Calls `onLine` with each line of UTF-8 text that ends in `\n`, without its line end. Replaces `node:readline`,
 * which also splits at U+2028 and U+2029 (JSON may contain them) and buffers an endless line until memory is
 * full.
 * @param maxLength maximum characters of a line; the rest of a longer one is dropped
 */
export function forEachLine(stream: Readable, maxLength: number, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const [first = '', ...others] = chunk.split('\n');
    rest = (rest + first).slice(0, maxLength);
    for (const next of others) {
      onLine(rest.endsWith('\r') ? rest.slice(0, -1) : rest);
      rest = next.slice(0, maxLength);
    }
  });
}
