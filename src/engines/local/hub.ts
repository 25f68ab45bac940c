import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelFile, ModelManifest } from './model-manifest.ts';

/** A Hugging Face hub or a mirror. */
export type Hub = {
  readonly address: string;
  /**
   * Maximum time until a response begins, in ms. It is short, because on a closed network other sources are tried
   * next.
   */
  readonly responseTimeoutMs?: number;
  /** Maximum time without new bytes in a download, in ms. */
  readonly stallTimeoutMs?: number;
};

/** A file with the expected size and hash, from the manifest or else from the hub's headers. */
type Announced = { readonly name: string; readonly bytes: number | null; readonly hash: string };

/** A renamed repository is one redirect, and a mirror may add another. */
const maxRedirects = 5;

/**
 * Downloads a model's files from a hub; each continues where an earlier attempt stopped. Does not check the
 * hashes.
 * @param onProgress 0 to 1 for all files together
 * @returns the hash that each file must have: SHA-256 (64 digits) or that of a git blob (40 digits)
 * @throws Error with a message of one line
 */
export async function downloadFromHub(
  hub: Hub,
  manifest: ModelManifest,
  folder: string,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  await mkdir(folder, { recursive: true });
  const root = `${hub.address.replace(/\/+$/, '')}/${manifest.repository}/resolve/${manifest.revision}`;
  const files: Announced[] = [];
  for (const file of manifest.files)
    files.push(await describeFile(hub, `${root}/${file.name}`, file, signal));
  const total = files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  let before = 0;
  for (const file of files) {
    await downloadFile(hub, file, {
      address: `${root}/${file.name}`,
      path: join(folder, file.name),
      onReceived: (received) => total > 0 && onProgress(Math.min(1, (before + received) / total)),
      signal,
    });
    before += file.bytes ?? 0;
  }
  return Object.fromEntries(files.map(({ name, hash }) => [name, hash]));
}

async function describeFile(
  hub: Hub,
  address: string,
  { name, bytes, sha256 }: ModelFile,
  signal: AbortSignal,
): Promise<Announced> {
  if (bytes !== null && sha256 !== null) return { name, bytes, hash: sha256 };
  let url = new URL(address);
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const { status, headers } = await request(hub, url, { method: 'HEAD', redirect: 'manual' }, signal);
    if (status >= 400) throw new Error(`the hub answered ${status}`);
    // For files in external storage, the hub sends size and hash with the redirect itself.
    const etag = headers.get('x-linked-etag') ?? (status < 300 ? headers.get('etag') : null);
    const size = Number(
      headers.get('x-linked-size') ?? (status < 300 ? headers.get('content-length') : null),
    );
    const hash = sha256 ?? /^(?:W\/)?"?([0-9a-f]{64}|[0-9a-f]{40})"?$/.exec(etag ?? '')?.[1];
    if (hash !== undefined && (etag !== null || status < 300))
      return { name, bytes: bytes ?? (size > 0 ? size : null), hash };
    const next = headers.get('location');
    if (status < 300 || next === null) break;
    url = new URL(next, url);
  }
  throw new Error(`the hub announces no hash of ${name}`);
}

async function downloadFile(
  hub: Hub,
  { name, bytes }: Announced,
  {
    address,
    path,
    onReceived,
    signal,
  }: { address: string; path: string; onReceived: (bytes: number) => void; signal: AbortSignal },
): Promise<void> {
  const stalled = new AbortController();
  const either = AbortSignal.any([signal, stalled.signal]);
  const have = await bytesOf(path);
  if (bytes !== null && have === bytes) return onReceived(bytes);
  const { goesOn, body } = await openBody(hub, address, have, bytes, either);
  let received = goesOn ? have : 0;
  const patience = hub.stallTimeoutMs ?? 60_000;
  const timer = setTimeout(
    () => stalled.abort(new Error(`${name}: nothing came for ${patience} ms`)),
    patience,
  );
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      timer.refresh();
      received += chunk.length;
      if (bytes !== null && received > bytes) throw new Error(`${name}: more bytes than announced`);
      onReceived(received);
      yield chunk;
    }
  };
  try {
    await pipeline(body, counted, createWriteStream(path, { flags: goesOn ? 'a' : 'w' }), { signal: either });
  } catch (error) {
    signal.throwIfAborted();
    stalled.signal.throwIfAborted();
    throw new Error(`${name}: the download broke off after ${received} bytes (${reasonOf(error)})`);
  } finally {
    clearTimeout(timer);
  }
  if (bytes !== null && received < bytes)
    throw new Error(`${name}: the download ended after ${received} of ${bytes} bytes`);
}

/** Requests only the missing bytes if the hub supports ranges, else the whole file. */
async function openBody(
  hub: Hub,
  address: string,
  have: number,
  bytes: number | null,
  signal: AbortSignal,
): Promise<{ goesOn: boolean; body: ReadableStream<Uint8Array> }> {
  const canGoOn = have > 0 && (bytes === null || have < bytes);
  const range: Record<string, string> = canGoOn ? { range: `bytes=${have}-` } : {};
  const response = await request(hub, new URL(address), { headers: range }, signal);
  const { status, body, headers } = response;
  const goesOn = status === 206;
  const isOurRange = goesOn && canGoOn && headers.get('content-range')?.startsWith(`bytes ${have}-`) === true;
  if (body !== null && (status === 200 || isOurRange)) return { goesOn, body };
  await body?.cancel();
  // The hub refused the range (416) or sent another one, so the existing bytes cannot be trusted.
  if (canGoOn && (goesOn || status === 416)) return openBody(hub, address, 0, bytes, signal);
  throw new Error(`the hub answered ${status}`);
}

async function bytesOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Sends a request that fails if no response begins in time; the body may take longer. */
async function request(hub: Hub, url: URL, init: RequestInit, signal: AbortSignal): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(
    () => patience.abort(new Error('no answer in time')),
    hub.responseTimeoutMs ?? 8_000,
  );
  try {
    return await fetch(url, {
      ...init,
      // Size and hash must be those of the file, not of a compressed form.
      headers: { 'accept-encoding': 'identity', ...init.headers },
      signal: AbortSignal.any([signal, patience.signal]),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`the hub could not be reached (${reasonOf(error)})`);
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message;
}
