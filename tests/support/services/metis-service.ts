import { scribeAnswer } from './elevenlabs-service.ts';
import { type Received, Refusal, type Reply, type Service, startService } from './service.ts';

const key = 'tpsg-test-0123456789abcdef';

/** The places in which the text was observed. */
export type MetisShape = 'content' | 'text' | 'url' | 'rawResponse' | 'raw-text';

/**
 * Starts a service like MetisAI in front of ElevenLabs: a file is stored, a generation started and polled.
 */
export async function startMetisService(
  shape: MetisShape = 'rawResponse',
): Promise<Service & { key: string }> {
  /** Number of requests for each generation. */
  const generations = new Map<string, number>();
  let url = '';
  const service = await startService(
    ({ method, path }) =>
      path === '/api/v1/storage'
        ? 'store'
        : path.startsWith('/texts/')
          ? 'text'
          : method === 'POST'
            ? 'generate'
            : 'check',
    (request) => answer(request, generations, shape, url),
  );
  url = service.url;
  return { ...service, key };
}

function refuse(status: number, message: string): never {
  throw new Refusal({ status, body: { message } });
}

function answer(
  { method, path, headers, file, json }: Received,
  generations: Map<string, number>,
  shape: MetisShape,
  url: string,
): Reply {
  if (path.startsWith('/texts/')) {
    // A client that sends a token here has sent it to a third party.
    if (headers['authorization'] !== undefined) refuse(400, 'no token is wanted here');
    return { status: 200, body: JSON.stringify(scribeAnswer.text) };
  }
  if (headers['authorization'] !== `Bearer ${key}`) refuse(401, 'Unauthorized');
  if (path === '/api/v1/storage') {
    if (method !== 'POST') refuse(405, 'Method Not Allowed');
    if (file?.field !== 'files' || file.bytes === 0) refuse(400, 'files is missing');
    const stored = { objectName: 'a', url: `${url}/files/a`, size: file.bytes, contentType: file.type };
    return { status: 200, body: { files: [stored] } };
  }
  if (path === '/api/v2/generate' && method === 'POST') {
    const { model, operation, args } = json as {
      model?: { name?: string; model?: string };
      operation?: string;
      args?: { file?: string };
    };
    if (model?.name !== 'elevenlabs' || model.model !== 'scribe_v1' || operation !== 'STT')
      refuse(400, 'model is not known');
    if (args?.file !== `${url}/files/a`) refuse(400, 'file is not known');
    const id = `generation-${generations.size + 1}`;
    generations.set(id, 0);
    return { status: 200, body: { id, status: 'QUEUE' } };
  }
  const id = path.split('/').at(-1) ?? '';
  const asked = generations.get(id);
  if (method !== 'GET' || asked === undefined) refuse(404, 'Not Found');
  generations.set(id, asked + 1);
  if (asked === 0) return { status: 200, body: { id, status: 'RUNNING', percentage: 40 } };
  return {
    status: 200,
    body: { id, status: 'COMPLETED', percentage: 100, usage: { cost: 0.0012 }, ...texts(shape, url) },
  };
}

function texts(shape: MetisShape, url: string): object {
  switch (shape) {
    case 'content':
      return { generations: [{ content: scribeAnswer.text, url: null }], rawResponse: null };
    case 'text':
      return { generations: [{ text: scribeAnswer.text }] };
    case 'url':
      return { generations: [{ url: `${url}/texts/1` }], rawResponse: null };
    case 'rawResponse':
      return { generations: [], rawResponse: scribeAnswer };
    case 'raw-text':
      return { generations: [], rawResponse: JSON.stringify({ text: scribeAnswer.text, duration: 2 }) };
  }
}
