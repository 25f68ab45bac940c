/** Text is turned into bytes in portions of this many UTF-16 units: a piece for each would be mostly overhead. */
const portion = 65_536;

/** All pieces as one run of bytes, text as UTF-8. */
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
