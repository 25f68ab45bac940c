/**
 * Text is encoded in portions of this many UTF-16 units, because a buffer for each short piece would be mostly
 * overhead.
 */
const portion = 65_536;

/** Joins all pieces into one byte array; strings are encoded as UTF-8. */
export async function collectBytes(
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const collected: Uint8Array[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') collected.push(Buffer.from(text, 'utf8'));
    text = '';
  };
  for await (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece;
      if (text.length >= portion) flush();
    } else {
      flush();
      collected.push(piece);
    }
  }
  flush();
  return Buffer.concat(collected);
}
