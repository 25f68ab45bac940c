import { type Api, GrammyError } from 'grammy';
import type { AudioSource } from '../app/ports/media.ts';
import { DabirError, toDabirError } from '../domain/errors.ts';
import { createApi, type TelegramSettings } from './api.ts';
import { copyServerFile, isServerFile } from './server-file.ts';
import { StreamedDownload } from './streamed-download.ts';

/** Maximum size of a file that Telegram's own server hands out, in bytes (Bot API, `getFile`). */
const publicLimitBytes = 20 * 2 ** 20;

/** A source of audio that resolves to no name, because Telegram sends the name with the message. */
type TelegramSource = {
  download(
    file: Pick<Parameters<AudioSource['download']>[0], 'fileId' | 'fileSize'>,
    path: string,
    signal: AbortSignal,
    onProgress?: (fraction: number) => void,
  ): Promise<null>;
};

/**
 * Patience of a download. After `stallMs` without data it is aborted, because other transcriptions
 * wait for this worker.
 */
export type DownloadPatience = { readonly stallMs: number; readonly pausesMs: readonly number[] };

/** Pauses before a broken download continues, in ms; after the last one the lane retries the whole transcription. */
const defaultPatience: DownloadPatience = { stallMs: 30_000, pausesMs: [500, 2_000, 5_000] };

/**
 * Creates the source that fetches files from Telegram to the disk: over HTTP, continuing where a
 * broken connection left off, or by copying from a Bot API server in --local mode on this machine.
 * The address of a file contains the bot's token, so no error repeats it.
 * @param limitBytes maximum size of a file in bytes, also when a smaller size was announced
 */
export function createAudioSource(
  settings: TelegramSettings,
  limitBytes: number,
  patience = defaultPatience,
): TelegramSource {
  const api = createApi(settings, 'long');
  const tooLarge = (limit = limitBytes) =>
    new DabirError('file_too_large', `larger than ${limit} bytes`, {
      details: { limitMegabytes: Math.round(limit / 2 ** 20) },
    });
  return {
    async download({ fileId, fileSize }, path, signal, onProgress) {
      if (fileSize !== null && fileSize > limitBytes) throw tooLarge();
      const file = await locate(
        () => api.getFile(fileId, signal as Parameters<Api['getFile']>[1]),
        // The server's own limit may be lower than the configured one.
        () => tooLarge(Math.min(limitBytes, publicLimitBytes)),
        signal,
      );
      const expectedBytes = file.file_size ?? fileSize;
      if (expectedBytes !== null && expectedBytes > limitBytes) throw tooLarge();
      try {
        const receivedBytes = isServerFile(settings, file.file_path)
          ? await copyServerFile(file.file_path, path, { limitBytes, tooLarge, signal })
          : await new StreamedDownload(addressOf(settings, file.file_path), path, {
              ...{ expectedBytes, limitBytes, tooLarge, patience, signal, onProgress },
            }).run();
        if (expectedBytes !== null && receivedBytes < expectedBytes) {
          throw new DabirError('download_failed', `only ${receivedBytes} of ${expectedBytes} bytes arrived`);
        }
        return null;
      } catch (error) {
        signal.throwIfAborted();
        throw toDabirError(error);
      }
    },
  };
}

type Located = { readonly file_path: string; readonly file_size?: number };

async function locate(
  getFile: () => Promise<Partial<Located>>,
  tooLarge: () => DabirError,
  signal: AbortSignal,
): Promise<Located> {
  try {
    const { file_path, file_size } = await getFile();
    if (file_path !== undefined) return { file_path, ...(file_size !== undefined && { file_size }) };
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

/** Returns the address of a file on the server. Refuses a path with `.` or `..`, which would leave the bot's files. */
function addressOf({ token, apiRoot }: TelegramSettings, filePath: string): string {
  const segments = filePath.split('/');
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    throw new DabirError('file_unavailable', 'getFile returned a path with . or ..');
  }
  return `${apiRoot}/file/bot${token}/${segments.map(encodeURIComponent).join('/')}`;
}
