import { randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Journal } from '../state/journal.ts';
import type { FileKind, State, StoredFile } from '../state/state.ts';
import { extensionFor } from './media-types.ts';

/** A file that has arrived on disk but belongs to no message yet. */
export interface Upload {
  readonly path: string;
  readonly size: number;
  readonly filename: string | null;
  readonly contentType: string | null;
}

/** Thrown when a body is larger than the caller allows; the rest of it has not been read. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

const incomingPrefix = 'incoming-';

/** Folders as Telegram's own file paths show them. */
const folders: Readonly<Record<FileKind, string>> = {
  voice: 'voice',
  audio: 'music',
  video: 'videos',
  video_note: 'video_notes',
  document: 'documents',
  photo: 'photos',
  sticker: 'stickers',
};

/** Keeps files in one folder, under generated names. */
export class FileStore {
  readonly #folder: string;
  readonly #state: State;
  readonly #journal: Journal;

  private constructor(folder: string, state: State, journal: Journal) {
    this.#folder = folder;
    this.#state = state;
    this.#journal = journal;
  }

  /** Opens the folder and removes partial files of a killed process. */
  static async open(folder: string, state: State, journal: Journal): Promise<FileStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) {
      if (name.startsWith(incomingPrefix)) await rm(path.join(folder, name), { force: true });
    }
    return new FileStore(folder, state, journal);
  }

  /**
   * Streams bytes to disk.
   * @throws TooLargeError above `limitBytes`; then nothing stays on disk
   */
  async receive(
    content: AsyncIterable<Uint8Array>,
    limitBytes: number,
    about: { readonly filename: string | null; readonly contentType: string | null },
  ): Promise<Upload> {
    const target = path.join(this.#folder, `${incomingPrefix}${randomUUID()}`);
    let size = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of content) {
        size += chunk.length;
        if (size > limitBytes) throw new TooLargeError('the file is too large');
        yield chunk;
      }
    }
    try {
      await pipeline(
        Readable.from(counted(), { objectMode: false }),
        createWriteStream(target, { mode: 0o600 }),
      );
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
    return { path: target, size, ...about };
  }

  /** Turns an upload into a file with Telegram ids. The upload must not be used afterwards. */
  async keep(
    upload: Upload,
    about: { readonly kind: FileKind; readonly mime_type: string; readonly file_name: string | null },
  ): Promise<StoredFile> {
    const diskName = randomUUID();
    await rename(upload.path, path.join(this.#folder, diskName));
    const number = this.#state.filesById.size;
    const file: StoredFile = {
      // In the form and length of Telegram's; the unique one can't be used to download.
      file_id: `AgACAgQAAx${randomBytes(45).toString('base64url')}`,
      file_unique_id: `AgAD${randomBytes(9).toString('base64url')}`,
      file_path: `${folders[about.kind]}/file_${number}${extensionFor(about.kind, about.file_name, about.mime_type)}`,
      diskName,
      size: upload.size,
      ...about,
    };
    this.#journal.record({ fact: 'file', file });
    return file;
  }

  /** Removes an upload that was not used. */
  async discard(upload: Upload): Promise<void> {
    await rm(upload.path, { force: true });
  }

  /** Returns the path of a file on this machine. */
  pathOf(file: StoredFile): string {
    return path.join(this.#folder, file.diskName);
  }
}
