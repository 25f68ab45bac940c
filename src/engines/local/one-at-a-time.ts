import { createHash } from 'node:crypto';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process on this machine runs it for the same folder, which is created: workers or
 * test files that share a data folder set the engine up only once. The lock is a listening local socket, so it
 * ends with its process in every case.
 *
 * The lock only saves work. Where such a socket is impossible, or when two processes take over a killed one's
 * lock at the same moment, both run; each uses a folder of its own that is renamed when complete.
 * @throws what `work` throws; the signal's reason if it is aborted while waiting
 */
export async function runOneAtATime<T>(
  folder: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(folder, { recursive: true });
  const address = await lockAddress(folder);
  const waiters = new Set<Socket>();
  const server = createServer((socket) => {
    waiters.add(socket);
    socket.on('error', () => undefined).on('close', () => waiters.delete(socket));
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
      for (const socket of waiters) socket.destroy();
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

/** Removes the socket of a killed process; returns false if that is not permitted. */
async function removeDead(address: string, signal: AbortSignal): Promise<boolean> {
  // A random delay, so that two processes that find it at the same time rarely remove each other's socket.
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

/** Waits until the holder releases the lock (or the signal is aborted); returns false if there is no holder. */
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
