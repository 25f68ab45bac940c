import { inflateRawSync, inflateSync } from 'node:zlib';

/** Returns the entries of a ZIP file (a DOCX is one) by their names, as text. */
export function unzip(bytes: Uint8Array): Map<string, string> {
  const file = Buffer.from(bytes);
  const entries = new Map<string, string>();
  // The central directory's headers (APPNOTE 4.3.12).
  for (let at = file.indexOf('PK\x01\x02'); at >= 0; at = file.indexOf('PK\x01\x02', at + 4)) {
    const name = file.toString('utf8', at + 46, at + 46 + file.readUInt16LE(at + 28));
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const data = file.subarray(start, start + file.readUInt32LE(at + 20));
    entries.set(name, (file.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : data).toString('utf8'));
  }
  return entries;
}

/** Returns all of a PDF as text, with its streams decompressed (font data is unreadable). */
export function unpackPdf(bytes: Uint8Array): string {
  const file = Buffer.from(bytes);
  let text = '';
  let at = 0;
  for (let start = file.indexOf('stream\n'); start >= 0; start = file.indexOf('stream\n', at)) {
    const end = file.indexOf('endstream', start);
    text += file.toString('latin1', at, start);
    const data = file.subarray(start + 7, end);
    const isPacked = file.subarray(file.lastIndexOf('obj', start), start).includes('FlateDecode');
    text += (isPacked ? inflateSync(data) : data).toString('latin1');
    at = end + 9;
  }
  return text + file.toString('latin1', at);
}

/** Returns a text file's content. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** Returns the main part of a DOCX file, `word/document.xml`. */
export function documentXml(bytes: Uint8Array): string {
  return unzip(bytes).get('word/document.xml') ?? '';
}
