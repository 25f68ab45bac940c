import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DabirError } from '../domain/errors.ts';
import type { TelegramSettings } from './api.ts';

/** Host of Telegram's own server, which must never name a file on our disk. */
const publicHost = 'api.telegram.org';

/**
 * Returns true when the response of getFile names a file on this machine, as a self-hosted Bot API server does in
 * --local mode. Only an absolute path counts, and only from a server that the operator configured.
 * @throws DabirError when Telegram's public server names an absolute path
 */
export function isServerFile({ apiRoot }: TelegramSettings, filePath: string): boolean {
  if (!isAbsolute(filePath)) return false;
  if (new URL(apiRoot).hostname !== publicHost) return true;
  throw new DabirError('file_unavailable', 'getFile of the public server returned a path on this machine');
}

/** Copies a file of the Bot API server, and leaves the original in place. Resolves to its size in bytes. */
export async function copyServerFile(
  serverPath: string,
  path: string,
  { limitBytes, tooLarge, signal }: { limitBytes: number; tooLarge: () => DabirError; signal: AbortSignal },
): Promise<number> {
  const found = await stat(serverPath).catch(() => undefined);
  // Reading a pipe or a device would never end.
  if (found?.isFile() !== true) {
    throw new DabirError(
      'file_unavailable',
      'the Bot API server runs with --local and names a file that is not on this machine: share its folder with the worker',
    );
  }
  if (found.size > limitBytes) throw tooLarge();
  const output = createWriteStream(path);
  // Reads no more than the size just checked: a file that grows would exceed the limit.
  await pipeline(createReadStream(serverPath, { end: Math.max(0, found.size - 1) }), output, { signal });
  return output.bytesWritten;
}
