import { InputFile } from 'grammy';

/**
 * A file to upload, with its name such that Telegram reads all of it. grammY writes the name into the header of its part
 * as it is. RFC 7578 wants it in quotes; Telegram's server takes those off, but ends the name at the first `;`, quoted or
 * not (tdlib, `HttpReader::parse_multipart_form_data`), so that a name with one would lose its ending too. A comma reads
 * the same to people.
 * @param content bytes, or the path of a file
 */
export function namedFile(content: Uint8Array | string, name: string): InputFile {
  return new InputFile(content, `"${wireName(name)}"`);
}

/** Returns a file name as it goes over the wire. */
export function wireName(name: string): string {
  return name
    .toWellFormed()
    .replaceAll(';', ',')
    .replaceAll(/[\p{Cc}"\\/]/gu, ' ');
}
