import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';

/**
 * Returns a response with a file of this disk, or with the part that a Range header asks for (RFC 9110, one
 * range).
 * @returns undefined when the file is missing
 */
export async function fileResponse(
  filePath: string,
  request: { readonly method: string; readonly range: string | undefined },
  headers: Readonly<Record<string, string>>,
): Promise<Response | undefined> {
  const found = await stat(filePath).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const range = parseRange(request.range, found.size);
  const common = { ...headers, 'accept-ranges': 'bytes' };
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { ...common, 'content-range': `bytes */${found.size}` },
    });
  }
  const { start, end } = range ?? { start: 0, end: found.size - 1 };
  const length = end - start + 1;
  const body =
    request.method === 'HEAD' || length === 0
      ? null
      : (Readable.toWeb(createReadStream(filePath, { start, end })) as ReadableStream<Uint8Array>);
  return new Response(body, {
    status: range ? 206 : 200,
    headers: {
      ...common,
      'content-length': String(length),
      ...(range && { 'content-range': `bytes ${start}-${end}/${found.size}` }),
    },
  });
}

function parseRange(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  // Anything but one plain range is answered with the whole file, which the standard allows.
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  const [, first = '', last = ''] = found ?? [];
  if (!found || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return start >= size || (first === '' && Number(last) === 0) ? 'unsatisfiable' : { start, end };
}

/** Maximum length of a name in a download; its end is kept, since the extension is there. */
const maxNameLength = 200;

/**
 * Returns a Content-Disposition with a name in any script (RFC 6266): the plain form for old clients, and the
 * UTF-8 one.
 */
export function contentDisposition(type: 'inline' | 'attachment', name: string): string {
  // Headers have a limit of some kilobytes, and every Persian letter takes twelve bytes.
  const short = [...name.toWellFormed()].slice(-maxNameLength).join('');
  const safe = short.replaceAll(/[\p{Cc}/\\]/gu, '_');
  const plain = safe.replaceAll(/[^\x20-\x7e]|["%]/gu, '_');
  const encoded = encodeURIComponent(safe).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${type}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
