import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** One paid request for one upload. */
export type EngineCall = { readonly recording: string; readonly at: number };

/**
 * A paid service with OpenAI's API that keeps its bill: which upload it was asked to transcribe, and when.
 * Its text is the same for one upload and different for every other.
 */
export class EngineService {
  readonly calls: EngineCall[] = [];
  readonly #server = createServer((request, response) => {
    response.on('error', () => undefined);
    void this.#answer(request, response).catch(() => response.destroy());
  });

  static async open(): Promise<EngineService> {
    const service = new EngineService();
    await new Promise<void>((resolve) => service.#server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    if (!request.url?.endsWith('/audio/transcriptions')) {
      sendJson(response, { object: 'list', data: [{ id: 'whisper-1', object: 'model' }] });
      return;
    }
    const type = request.headers['content-type'] ?? '';
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    const file = form.get('file');
    if (file === null || typeof file === 'string') {
      response.writeHead(400).end();
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const recording = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    this.calls.push({ recording, at: Date.now() });
    // From 0.4 to 1.4 s, the same for the same upload.
    await sleep(400 + (Number.parseInt(recording.slice(0, 4), 16) % 1_000));
    const text = `سلام دنیا ${recording}`;
    sendJson(response, {
      task: 'transcribe',
      language: 'persian',
      duration: 2,
      text,
      segments: [
        { id: 0, start: 0, end: 2, text, avg_logprob: -0.2, compression_ratio: 1, no_speech_prob: 0 },
      ],
      words: [],
    });
  }
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
