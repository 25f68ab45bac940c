/**
 * One part of a multipart/form-data body. `content` has to be read to its end before the next part is
 * requested.
 */
export interface Part {
  readonly name: string;
  /** Null for a field that is not a file. */
  readonly filename: string | null;
  readonly contentType: string | null;
  readonly content: AsyncIterable<Buffer>;
}

const maxHeaderBytes = 16 * 1024;

/** Thrown for a body that is not multipart/form-data or that ends too early. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError';
}

/** Returns the boundary of a Content-Type header, or undefined when it is not multipart/form-data. */
export function multipartBoundary(contentType: string): string | undefined {
  if (!/^multipart\/form-data\b/i.test(contentType)) return undefined;
  const found = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType);
  return found?.[1] ?? found?.[2];
}

/**
 * Reads a multipart/form-data body as it arrives (RFC 7578), so that a file never has to fit into memory. It
 * is as lenient, and as strict, as Telegram's server: header names in any case, no space after the colon,
 * file names in UTF-8 that end at the first `;`.
 */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<Part> {
  const reader = new BodyReader(body);
  // The first boundary may stand at the very start, the others follow a line break.
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  reader.prepend(Buffer.from('\r\n'));
  try {
    await reader.skipPast(delimiter);
    for (;;) {
      const afterBoundary = await reader.takeUntil(Buffer.from('\r\n'), maxHeaderBytes, '--');
      if (afterBoundary === null) return;
      const headers = await readHeaders(reader);
      const parameters = parametersOf(headers.get('content-disposition') ?? '');
      yield {
        name: parameters.get('name') ?? '',
        filename: parameters.get('filename') ?? null,
        contentType: headers.get('content-type') ?? null,
        content: reader.contentUntil(delimiter),
      };
      await reader.finishContent(delimiter);
    }
  } finally {
    await reader.release();
  }
}

async function readHeaders(reader: BodyReader): Promise<ReadonlyMap<string, string>> {
  const headers = new Map<string, string>();
  let total = 0;
  for (;;) {
    const line = await reader.takeUntil(Buffer.from('\r\n'), maxHeaderBytes);
    if (line === null || line.length === 0) return headers;
    total += line.length;
    if (total > maxHeaderBytes) throw new MultipartError('the headers of a part are too long');
    const text = line.toString('utf8');
    const colon = text.indexOf(':');
    if (colon > 0) headers.set(text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim());
  }
}

/**
 * Returns the parameters of a part's Content-Disposition, as Telegram's server reads them (tdlib,
 * `parse_multipart_form_data`): a value ends at the first `;`, quoted or not, and loses its quotes when it
 * has them at both ends. Nothing is unescaped, and `filename*` is a parameter like any other.
 */
function parametersOf(header: string): ReadonlyMap<string, string> {
  if (!header.startsWith('form-data;')) {
    throw new MultipartError('expected form-data content disposition');
  }
  const parameters = new Map<string, string>();
  let rest = header.slice('form-data;'.length).trim();
  for (let equals = rest.indexOf('='); equals >= 0; equals = rest.indexOf('=')) {
    const key = rest.slice(0, equals).trim();
    const [value = ''] = rest.slice(equals + 1).split(';', 1);
    parameters.set(key, value.trim().replace(/^"(.*)"$/s, '$1'));
    rest = rest.slice(equals + 1 + value.length + 1).trim();
  }
  return parameters;
}

class BodyReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #buffer: Buffer = Buffer.alloc(0);
  #insideContent = false;

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#source = body[Symbol.asyncIterator]();
  }

  prepend(bytes: Buffer): void {
    this.#buffer = Buffer.concat([bytes, this.#buffer]);
  }

  async skipPast(delimiter: Buffer): Promise<void> {
    this.#insideContent = true;
    await this.finishContent(delimiter);
  }

  /**
   * Returns the bytes before `mark`, which is consumed too.
   * @param endMark when the bytes begin with this, null is returned: nothing follows
   */
  async takeUntil(mark: Buffer, limit: number, endMark?: string): Promise<Buffer | null> {
    for (;;) {
      if (endMark !== undefined && this.#buffer.length >= endMark.length) {
        if (this.#buffer.subarray(0, endMark.length).toString('latin1') === endMark) return null;
      }
      const at = this.#buffer.indexOf(mark);
      if (at >= 0) {
        const taken = this.#buffer.subarray(0, at);
        this.#buffer = this.#buffer.subarray(at + mark.length);
        return taken;
      }
      if (this.#buffer.length > limit) throw new MultipartError('a line is too long');
      await this.#fill();
    }
  }

  /** Yields the bytes of a part, up to the delimiter, which is consumed too. */
  async *contentUntil(delimiter: Buffer): AsyncGenerator<Buffer> {
    this.#insideContent = true;
    while (this.#insideContent) {
      const at = this.#buffer.indexOf(delimiter);
      if (at >= 0) {
        const last = this.#buffer.subarray(0, at);
        this.#buffer = this.#buffer.subarray(at + delimiter.length);
        this.#insideContent = false;
        if (last.length > 0) yield last;
        return;
      }
      // The end of the buffer may be the beginning of the delimiter.
      const safe = this.#buffer.length - delimiter.length;
      if (safe > 0) {
        const chunk = this.#buffer.subarray(0, safe);
        this.#buffer = this.#buffer.subarray(safe);
        yield chunk;
      }
      await this.#fill();
    }
  }

  /** Discards what a consumer left unread. */
  async finishContent(delimiter: Buffer): Promise<void> {
    if (!this.#insideContent) return;
    for await (const _ of this.contentUntil(delimiter));
  }

  /** Releases the body, so that another reader can read the rest of it. */
  async release(): Promise<void> {
    await this.#source.return?.();
  }

  async #fill(): Promise<void> {
    const next = await this.#source.next();
    if (next.done) throw new MultipartError('the body ends in the middle of a part');
    this.#buffer =
      this.#buffer.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#buffer, next.value]);
  }
}
