import { createReadStream, createWriteStream } from 'node:fs';
import { isAbsolute } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { type Api, GrammyError } from 'grammy';
import type { AudioSource } from '../app/ports.ts';
import { DabirError, toDabirError } from '../domain/errors.ts';
import { createApi, type TelegramSettings } from './api.ts';

/** A download that stands still for so long is broken off, in milliseconds: others wait for this worker. */
const stallMs = 30_000;

/** What Telegram's own server hands out at most (Bot API, `getFile`). */
const publicLimitBytes = 20 * 2 ** 20;

/**
 * Fetches files from Telegram, as a stream. The address of a file contains the bot's token, so no error repeats it.
 * @param limitBytes more is refused, whatever was announced
 */
export function createAudioSource(settings: TelegramSettings, limitBytes: number): AudioSource {
  const api = createApi(settings, 'long');
  const tooLarge = (limit = limitBytes) =>
    new DabirError('file_too_large', `larger than ${limit} bytes`, {
      details: { limitMegabytes: Math.round(limit / 2 ** 20) },
    });
  return {
    async download({ fileId, fileSize }, path, signal) {
      if (fileSize !== null && fileSize > limitBytes) throw tooLarge();
      const filePath = await locate(
        () => api.getFile(fileId, signal as Parameters<Api['getFile']>[1]),
        // The server knows better than the configuration what it hands out.
        () => tooLarge(Math.min(limitBytes, publicLimitBytes)),
        signal,
      );
      const stalled = new AbortController();
      const stall = setTimeout(() => stalled.abort(), stallMs);
      let received = 0;
      const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          stall.refresh();
          received += chunk.length;
          if (received > limitBytes) throw tooLarge();
          yield chunk;
        }
      };
      try {
        const either = AbortSignal.any([signal, stalled.signal]);
        const source = await open(settings, filePath, either);
        await pipeline(source, counted, createWriteStream(path), { signal: either });
      } catch (error) {
        signal.throwIfAborted();
        const known = toDabirError(error);
        // The rest is a broken line; its own words may hold the address.
        if (known.code !== 'internal') throw known;
        throw new DabirError('download_failed', `the download broke off after ${received} bytes`);
      } finally {
        clearTimeout(stall);
      }
    },
  };
}

async function locate(
  getFile: () => Promise<{ file_path?: string }>,
  tooLarge: () => DabirError,
  signal: AbortSignal,
): Promise<string> {
  try {
    const { file_path } = await getFile();
    if (file_path !== undefined) return file_path;
    throw new DabirError('file_unavailable', 'getFile named no path');
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DabirError) throw error;
    if (error instanceof GrammyError && error.error_code === 400) {
      if (/file is too big/i.test(error.description)) throw tooLarge();
      throw new DabirError('file_unavailable', `getFile: ${error.description}`);
    }
    throw new DabirError('download_failed', 'getFile did not answer');
  }
}

async function open(
  { token, apiRoot }: TelegramSettings,
  filePath: string,
  signal: AbortSignal,
): Promise<Readable> {
  // A Bot API server of one's own in --local mode names a file on this machine.
  if (isAbsolute(filePath)) return createReadStream(filePath);
  const address = `${apiRoot}/file/bot${token}/${filePath.split('/').map(encodeURIComponent).join('/')}`;
  const response = await fetch(address, { signal }).catch(() => undefined);
  signal.throwIfAborted();
  if (response === undefined) throw new DabirError('download_failed', 'the file server did not answer');
  if (response.status === 404) throw new DabirError('file_unavailable', 'the file server has no such file');
  if (!response.ok || response.body === null) {
    throw new DabirError('download_failed', `the file server answered ${response.status}`);
  }
  return Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
}
