import type { IncomingMessage } from 'node:http';
import { type FileStore, TooLargeError, type Upload } from '../files/file-store.ts';
import { maxUploadBytes, multipartOverheadBytes } from '../limits.ts';
import { badRequest, requestEntityTooLarge } from '../methods/bot-api-error.ts';
import { Parameters } from '../methods/parameters.ts';
import { MultipartError, multipartBoundary, readMultipart } from './multipart.ts';

/** Maximum bytes of a body without files, and of one field of a form. */
const maxPlainBodyBytes = 4 * 1024 * 1024;

/** Maximum bytes of a person's JSON: several times a text of 4,096 characters. */
const maxSmallBodyBytes = 256 * 1024;

/**
 * Reads the parameters of a call from the URL and from a JSON, form or multipart body; files go to disk. A
 * name in both has the URL's value, as on Telegram's server. The caller has to discard unused uploads.
 * @throws BotApiError 400 for an unreadable body, 413 for a too large one
 */
export async function readParameters(
  incoming: IncomingMessage,
  query: URLSearchParams,
  files: FileStore,
): Promise<Parameters> {
  const values = new Map<string, string>();
  const uploads = new Map<string, Upload>();
  try {
    await readBody(incoming, values, uploads, files);
  } catch (error) {
    for (const upload of uploads.values()) await files.discard(upload);
    // The client reads no answer before it has sent everything.
    await drain(incoming);
    if (error instanceof TooLargeError) throw requestEntityTooLarge();
    if (error instanceof MultipartError) throw badRequest(`can't parse multipart body: ${error.message}`);
    throw error;
  }
  for (const [name, value] of query) values.set(name, value);
  return new Parameters(values, uploads);
}

/**
 * Yields the bytes of a request. Does not break the connection.
 * @throws TooLargeError above the limit
 */
export async function* limitedBody(incoming: IncomingMessage, limitBytes: number): AsyncGenerator<Buffer> {
  let total = 0;
  const chunks: AsyncIterable<Buffer> = incoming.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limitBytes) throw new TooLargeError('the body is too large');
    yield chunk;
  }
}

/** Reads a request to its end and discards the bytes. */
export async function drain(incoming: IncomingMessage): Promise<void> {
  if (incoming.readableEnded || incoming.destroyed) return;
  await new Promise<void>((resolve) => {
    incoming
      .once('close', resolve)
      .once('end', resolve)
      .once('error', () => resolve());
    incoming.resume();
  });
}

/** Returns a whole small body as text. */
export async function textBody(content: AsyncIterable<Uint8Array>, limitBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of content) {
    total += chunk.length;
    if (total > limitBytes) throw new TooLargeError('the text is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Returns the JSON of a small body; undefined when it is invalid or too large. */
export async function readSmallJson(incoming: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse(await textBody(limitedBody(incoming, maxSmallBodyBytes), maxSmallBodyBytes));
  } catch {
    await drain(incoming);
    return undefined;
  }
}

async function readBody(
  incoming: IncomingMessage,
  values: Map<string, string>,
  uploads: Map<string, Upload>,
  files: FileStore,
): Promise<void> {
  const contentType = incoming.headers['content-type'] ?? '';
  const boundary = multipartBoundary(contentType);
  if (boundary !== undefined) {
    const body = limitedBody(incoming, maxUploadBytes + multipartOverheadBytes);
    for await (const part of readMultipart(body, boundary)) {
      if (part.filename === null) {
        if (!values.has(part.name)) values.set(part.name, await textBody(part.content, maxPlainBodyBytes));
      } else if (!uploads.has(part.name)) {
        uploads.set(part.name, await files.receive(part.content, maxUploadBytes, part));
      }
    }
    return;
  }
  const text = await textBody(limitedBody(incoming, maxPlainBodyBytes), maxPlainBodyBytes);
  if (text.trim() === '') return;
  if (/^application\/json\b/i.test(contentType)) {
    for (const [name, value] of Parameters.fromJson(parseJson(text)).entries()) values.set(name, value);
  } else if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    for (const [name, value] of new URLSearchParams(text)) if (!values.has(name)) values.set(name, value);
  }
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest("can't parse JSON object");
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest('object expected');
  return value;
}
