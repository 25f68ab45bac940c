import { createHash } from 'node:crypto';
import { access, constants, realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createFolder } from './create-folder.ts';

/** A data folder that is locked for this process until it is closed. */
export type DataFolder = {
  readonly path: string;
  /** Sets the text that a second start gets, such as the address of the page. */
  announce(words: string): void;
  close(): Promise<void>;
};

/** Thrown if another Dabir uses the same data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
  /** Text that the other process announced; empty while it starts. */
  readonly notice: string;
  constructor(path: string, notice: string) {
    super(
      `Dabir already runs with the data folder ${path}${notice === '' ? '' : ` (${notice})`}. ` +
        'Stop that one first, or set DATA_DIR to another folder.',
    );
    this.notice = notice;
  }
}

/**
 * Creates the data folder if needed and locks it for this process. The lock is a listening local socket, so it
 * ends with its process in every case, and a second start can ask its holder.
 * @throws DataFolderInUse, or an Error in one sentence if the folder cannot be written
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  try {
    // PostgreSQL may run as another account (launch.ts), which needs access.
    await createFolder(resolve(path), 0o755);
    await access(path, constants.W_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(`The data folder ${path} cannot be written (${code}). Set DATA_DIR to a writable one.`, {
      cause,
    });
  }
  let words = '';
  const address = await lockAddress(path);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(words);
  });
  if (!(await listen(server, address))) {
    const notice = await askHolder(address);
    if (notice !== undefined) throw new DataFolderInUse(path, notice);
    // A socket of a killed process has no listener.
    await rm(address, { force: true });
    if (!(await listen(server, address))) throw new DataFolderInUse(path, '');
  }
  return {
    path,
    announce(notice) {
      words = notice;
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Returns the notice of the Dabir that uses a data folder; `undefined` if there is none. */
export async function findUserOfFolder(path: string): Promise<string | undefined> {
  const address = await lockAddress(path).catch(() => undefined);
  return address === undefined ? undefined : askHolder(address);
}

async function lockAddress(path: string): Promise<string> {
  const name = createHash('sha256')
    .update(await realpath(path))
    .digest('hex')
    .slice(0, 24);
  // A socket's path may have about 100 bytes (`sockaddr_un`); that of the folder could be longer.
  return process.platform === 'win32' ? `\\\\.\\pipe\\dabir-${name}` : join(tmpdir(), `dabir-${name}.sock`);
}

async function listen(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error);
    server.once('error', onError);
    server.listen(address, () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}

/** Asks the holder for its notice; a holder that hangs (2 s) still counts. */
async function askHolder(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let words = '';
    const socket = connect(address);
    socket.setTimeout(2_000, () => {
      socket.destroy();
      resolve(words);
    });
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      words += chunk;
    });
    socket.once('end', () => resolve(words));
    socket.once('error', () => resolve(undefined));
  });
}
