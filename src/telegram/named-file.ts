import { InputFile } from 'grammy';

/**
 * Returns a file to upload, with its name encoded so that Telegram reads all of it. grammY writes the name unchanged
 * into the header of its part. RFC 7578 requires quotes; Telegram's server removes them, but ends the name at the first
 * `;` even inside quotes (tdlib, `HttpReader::parse_multipart_form_data`). A name with a `;` would lose its extension,
 * so a comma replaces it.
 * @param content bytes, or the path of a file
 */
export function createNamedFile(content: Uint8Array | string, name: string): InputFile {
  return new InputFile(content, `"${wireName(name)}"`);
}

/** Returns a file name in the form that is sent to Telegram. */
export function wireName(name: string): string {
  return name
    .toWellFormed()
    .replaceAll(';', ',')
    .replaceAll(/[\p{Cc}"\\/]/gu, ' ');
}
