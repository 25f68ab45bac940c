import { createHash } from 'node:crypto';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does something in a folder (which is made) while no other process of this machine does it there: several workers, or
 * test files, that share a data folder set the engine up once. The lock is a listening local socket, so it ends with
 * its process, however that ends.
 *
 * It saves work, and nothing depends on it: where there can be no such socket, or in the moment in which two take over
 * a killed one's, both work, each in a folder of its own that is renamed when complete.
 * @throws what `work` throws; the signal's reason when it is aborted before its turn comes
 */
export async function oneAtATime<T>(folder: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const address = await lockAddress(folder);
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => undefined).on('close', () => waiting.delete(socket));
  });
  let taken = await listen(server, address);
  while (taken === 'by another') {
    const isFree = (await untilFree(address, signal)) || (await removeDead(address, signal));
    signal.throwIfAborted();
    taken = isFree ? await listen(server, address) : 'by nobody';
  }
  try {
    return await work();
  } finally {
    if (taken === 'by us') {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of waiting) socket.destroy();
      await closed;
    }
  }
}

async function lockAddress(folder: string): Promise<string> {
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 24);
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\dabir-local-${name}`
    : join(tmpdir(), `dabir-local-${name}.sock`);
}

/** Removes the socket of a killed process; false when that is not allowed. */
async function removeDead(address: string, signal: AbortSignal): Promise<boolean> {
  // A pause of a random length, so that two who see it at the same time seldom remove each other's.
  await sleep(Math.random() * 50);
  if (await untilFree(address, signal)) return true;
  return rm(address, { force: true }).then(
    () => true,
    () => false,
  );
}

async function listen(server: Server, address: string): Promise<'by us' | 'by another' | 'by nobody'> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'EADDRINUSE' ? 'by another' : 'by nobody');
    server.once('error', onError);
    server.listen(address, () => {
      server.off('error', onError);
      resolve('by us');
    });
  });
}

/** Waits until the holder lets go (or the signal is aborted); false when nobody holds it. */
async function untilFree(address: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let held = false;
    const socket = connect(address, () => {
      held = true;
    });
    const leave = () => socket.destroy();
    signal.addEventListener('abort', leave, { once: true });
    socket.on('error', () => undefined).resume();
    socket.once('close', () => {
      signal.removeEventListener('abort', leave);
      resolve(held || signal.aborted);
    });
    if (signal.aborted) leave();
  });
}
