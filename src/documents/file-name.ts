/**
 * Telegram, Linux and macOS take 255 bytes; the rest is for the extension, for copies ("(2)") and for folders.
 */
const maxBytes = 200;
const maxUnits = 100;
const fallbackName = 'document';

/** Characters that at least one system forbids in names: separators, wildcards, control characters. */
const forbidden = /[\\/:*?"<>|\p{Cc}]/gu;
/**
 * Invisible characters, such as direction marks, embeddings, overrides and isolates: `cod.exe` must not read as
 * `exe.doc`. Zero-width joiners and non-joiners stay.
 */
const invisible =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\u{e0000}-\u{e0fff}]/gu;
/** Device names of Windows, with any extension (`nul.txt` is `nul`). */
const windowsDevice = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;

/**
 * Turns a title into a file name without its extension that is valid on every system: at most 100 UTF-16 units
 * and 200 bytes of UTF-8, never empty. Letters of every script and the zero-width non-joiner (U+200C) are kept.
 */
export function safeFileName(title: string): string {
  const cleaned = title.toWellFormed().normalize('NFC').replaceAll('\ufffd', '').replace(invisible, '');
  const spaced = cleaned.replace(forbidden, ' ').replace(/\s+/gu, ' ');
  const name = trimEnds(shorten(trimEnds(spaced)));
  if (name === '') return fallbackName;
  return windowsDevice.test(name) ? trimEnds(shorten(`_${name}`)) : name;
}

/**
 * Windows drops dots and spaces at the end; a leading dot hides a file, and a leading dash looks like an option.
 */
function trimEnds(name: string): string {
  return name.replace(/^[\s.\-~\p{Join_Control}]+/u, '').replace(/[\s.\p{Join_Control}]+$/u, '');
}

function shorten(name: string): string {
  let units = 0;
  let bytes = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (units + character.length > maxUnits || bytes > maxBytes) return name.slice(0, units);
    units += character.length;
  }
  return name;
}
