import { cleanName, fileNameIn } from '../../../domain/link.ts';

/** Returns a file's name from the `Content-Disposition` header (RFC 6266), or else from the link. */
export function fileNameOf(disposition: string | string[] | undefined, url: URL): string | null {
  const text = String(disposition ?? '');
  const [, encoded] = /filename\*=UTF-8''([^;\s]+)/i.exec(text) ?? [];
  const [, quoted, plain] = /filename="((?:[^"\\]|\\.)*)"|filename=([^;\s]+)/i.exec(text) ?? [];
  const told = encoded === undefined ? (quoted?.replaceAll(/\\(.)/g, '$1') ?? plain) : decoded(encoded);
  return (told === undefined ? null : cleanName(told)) ?? fileNameIn(url);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
