import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { ModelFile, ModelManifest } from './model-manifest.ts';

/** On a closed network the hub must be given up quickly: there are other sources. In milliseconds. */
const answerTimeoutMs = 8_000;

/**
 * Fetches a model's files from a Hugging Face hub, each going on where an earlier attempt broke off. Files whose hash
 * the manifest does not know are held against the hash that the hub announces for them.
 * @throws Error in a line
 */
export async function downloadFromHub(
  hub: string,
  manifest: ModelManifest,
  folder: string,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Models are nearly all `model.bin`; where sizes are unknown the small files first, so that its own size decides.
  const files = manifest.files.toSorted((a, b) => (a.bytes ?? Infinity) - (b.bytes ?? Infinity));
  for (const file of files) {
    const address = `${hub.replace(/\/+$/, '')}/${manifest.repository}/resolve/${manifest.revision}/${file.name}`;
    await downloadFile(
      address,
      file,
      join(folder, file.name),
      (fraction) => {
        if (file.name === 'model.bin') onProgress(fraction);
      },
      signal,
    );
  }
}

async function downloadFile(
  address: string,
  file: ModelFile,
  path: string,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const announced = await ask(address, file, signal);
  const have = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const { bytes } = announced;
  if (bytes === null || have < bytes) await receive(address, path, have, bytes, onProgress, signal);
  if (announced.hash !== null && !(await hasHash(path, announced.hash, signal))) {
    await rm(path, { force: true });
    throw new Error(`${file.name} does not have the hash it should have`);
  }
}

/** The size and hash that a file should have: as the manifest says, else as the hub says. */
async function ask(
  address: string,
  { bytes, sha256 }: ModelFile,
  signal: AbortSignal,
): Promise<{ bytes: number | null; hash: string | null }> {
  // The hub announces the hash where it sends large files elsewhere: in the redirect itself.
  const response = await request(address, { method: 'HEAD', redirect: 'manual' }, signal);
  if (response.status >= 400) throw new Error(`the hub answered ${response.status}`);
  const size = Number(response.headers.get('x-linked-size') ?? response.headers.get('content-length'));
  const etag = (response.headers.get('x-linked-etag') ?? response.headers.get('etag'))?.replace(
    /^W\/|"/g,
    '',
  );
  return {
    bytes: bytes ?? (size > 0 ? size : null),
    hash: sha256 ?? (etag && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(etag) ? etag : null),
  };
}

async function receive(
  address: string,
  path: string,
  have: number,
  bytes: number | null,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const headers = have > 0 ? { range: `bytes=${have}-` } : {};
  const response = await request(address, { headers }, signal);
  if (!response.ok || response.body === null) throw new Error(`the hub answered ${response.status}`);
  const goesOn = response.status === 206;
  let received = goesOn ? have : 0;
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      received += chunk.length;
      if (bytes !== null) {
        if (received > bytes) throw new Error('more came than was announced');
        onProgress(received / bytes);
      }
      yield chunk;
    }
  };
  const source = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  await pipeline(source, counted, createWriteStream(path, { flags: goesOn ? 'a' : 'w' }), { signal });
  if (bytes !== null && received < bytes)
    throw new Error(`the download broke off after ${received} of ${bytes} bytes`);
}

/** A request that is given up when no answer begins in time; the answer itself may take as long as it needs. */
async function request(address: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error('no answer in time')), answerTimeoutMs);
  try {
    return await fetch(address, { ...init, signal: AbortSignal.any([signal, patience.signal]) });
  } catch (error) {
    signal.throwIfAborted();
    const { message, cause } = error as Error;
    throw new Error(`the hub could not be reached (${cause instanceof Error ? cause.message : message})`);
  } finally {
    clearTimeout(timer);
  }
}

/** Large files have a SHA-256, small ones the hash of a git blob: SHA-1 over a header and the content. */
async function hasHash(path: string, expected: string, signal: AbortSignal): Promise<boolean> {
  const hash = createHash(expected.length === 64 ? 'sha256' : 'sha1');
  if (expected.length === 40) hash.update(`blob ${(await stat(path)).size}\0`);
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex') === expected;
}
