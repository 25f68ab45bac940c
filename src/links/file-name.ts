import { cleanName, fileNameIn } from '../domain/link.ts';

/** The name as the server tells it (RFC 6266), else as the link does. */
export function nameOf(disposition: string | string[] | undefined, url: URL): string | null {
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
