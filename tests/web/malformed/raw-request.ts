import { connect } from 'node:net';

/** A server's answer to some bytes: every status line, and all of its text. */
export type RawAnswer = { readonly statuses: readonly number[]; readonly words: string };

/** Time limit for a server that neither answers nor closes, in ms. */
const maxWaitMs = 5_000;

/**
 * Sends bytes as they are, valid HTTP or not, and reads until the server closes.
 * @param hangUp closes as soon as they are sent, without waiting for an answer
 */
export function sendRaw(port: number, bytes: Buffer, { hangUp = false } = {}): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' });
    const end = () => {
      socket.destroy();
      const words = Buffer.concat(chunks).toString('latin1');
      const statuses = [...words.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
      resolve({ statuses: statuses.filter((status) => status >= 200), words });
    };
    const timer = setTimeout(end, maxWaitMs);
    socket.once('close', () => {
      clearTimeout(timer);
      end();
    });
    // A server that refuses may cut the connection while bytes are still being sent.
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.write(bytes, () => {
      if (hangUp) socket.resetAndDestroy();
      else socket.end();
    });
  });
}
