import type { Readable } from 'node:stream';

/**
 * Calls `onLine` with each line of UTF-8 text that ends in `\n`, without its end. Not `node:readline`: that one also
 * cuts at U+2028 and U+2029, which JSON may hold, and remembers a line without end until the memory is full.
 * @param longest characters of a line; of a longer one only the first so many are given
 */
export function eachLine(stream: Readable, longest: number, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const [first = '', ...others] = chunk.split('\n');
    rest = (rest + first).slice(0, longest);
    for (const next of others) {
      onLine(rest.endsWith('\r') ? rest.slice(0, -1) : rest);
      rest = next.slice(0, longest);
    }
  });
}
