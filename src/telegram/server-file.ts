import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DabirError } from '../domain/errors.ts';
import type { TelegramSettings } from './api.ts';

/** Telegram's own server has no business to name files on our disk. */
const publicHost = 'api.telegram.org';

/**
 * True when the answer of getFile names a file on this machine, as a Bot API server of one's own does in --local mode.
 * Only an absolute path counts, and only from a server that somebody configured.
 */
export function namesServerFile({ apiRoot }: TelegramSettings, filePath: string): boolean {
  if (!isAbsolute(filePath)) return false;
  if (new URL(apiRoot).hostname !== publicHost) return true;
  throw new DabirError('file_unavailable', 'getFile of the public server named a path of this machine');
}

/** Copies a file of the Bot API server; the server's own stays where it is. Resolves to its bytes. */
export async function copyServerFile(
  serverPath: string,
  path: string,
  { limitBytes, tooLarge, signal }: { limitBytes: number; tooLarge: () => DabirError; signal: AbortSignal },
): Promise<number> {
  const found = await stat(serverPath).catch(() => undefined);
  // A pipe or a device would never end.
  if (found?.isFile() !== true) {
    throw new DabirError(
      'file_unavailable',
      'the Bot API server runs with --local and names a file that is not on this machine: share its folder with the worker',
    );
  }
  if (found.size > limitBytes) throw tooLarge();
  const output = createWriteStream(path);
  // Not more than was there just now: a file that grows meanwhile would get past the limit.
  await pipeline(createReadStream(serverPath, { end: Math.max(0, found.size - 1) }), output, { signal });
  return output.bytesWritten;
}
