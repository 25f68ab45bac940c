import { scribeAnswer } from './elevenlabs-service.ts';
import { type Received, Refusal, type Reply, type Service, startService } from './service.ts';

const key = 'tpsg-test-0123456789abcdef';

/** The places in which the text was observed; `raw-json` is the model's reply as JSON in a field of text. */
export type MetisShape = 'content' | 'text' | 'url' | 'rawResponse' | 'raw-text' | 'raw-json';

/** What a service like MetisAI offers. */
export type MetisOffer = {
  /** Models by provider. */
  readonly models?: Readonly<Record<string, readonly string[]>>;
  /** How it fails where the format is `srt`; it does at times. */
  readonly subtitles?: 'work' | 'fail' | 'are missing';
  /** It accepts an unknown model, and the generation fails. */
  readonly refusesLate?: boolean;
};

type Generation = { asked: number; readonly model: string; readonly args: Args };
type Args = Readonly<Record<string, unknown>>;

/** The arguments of each provider beside the file. */
const argumentsOf: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  elevenlabs: {},
  openai: {
    language: (value) => typeof value === 'string' && /^[a-z]{2}$/.test(value),
    temperature: (value) => typeof value === 'number' && value >= 0 && value <= 1,
    response_format: (value) => ['json', 'text', 'srt', 'verbose_json', 'vtt'].includes(value as string),
    prompt: (value) => typeof value === 'string',
  },
};

/**
 * Starts a service like MetisAI in front of ElevenLabs and OpenAI: a file is stored, a generation started and polled.
 */
export async function startMetisService(
  shape: MetisShape = 'rawResponse',
  {
    models = { elevenlabs: ['scribe_v1', 'scribe_v2'], openai: ['whisper-1'] },
    subtitles = 'work',
    refusesLate = false,
  }: MetisOffer = {},
): Promise<Service & { key: string; generations: ReadonlyMap<string, Generation> }> {
  const generations = new Map<string, Generation>();
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
    (request) => answer(request, generations, { shape, models, subtitles, refusesLate, url }),
  );
  url = service.url;
  return { ...service, key, generations };
}

function refuse(status: number, message: string): never {
  throw new Refusal({ status, body: { message } });
}

function answer(
  { method, path, headers, file, json }: Received,
  generations: Map<string, Generation>,
  offer: Required<MetisOffer> & { shape: MetisShape; url: string },
): Reply {
  const { url, models } = offer;
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
      args?: Args;
    };
    if (operation !== 'STT') refuse(400, 'operation is not known');
    const provider = model?.name ?? '';
    const known = models[provider]?.includes(model?.model ?? '') ?? false;
    if (!known && !offer.refusesLate) refuse(400, 'model is not supported');
    const { file, ...others } = args ?? {};
    if (file !== `${url}/files/a`) refuse(400, 'file is not known');
    for (const [name, value] of Object.entries(others)) {
      if (!argumentsOf[provider]?.[name]?.(value)) refuse(400, `${name} is not valid`);
    }
    const id = `generation-${generations.size + 1}`;
    generations.set(id, { asked: 0, model: known ? `${provider}/${model?.model}` : '', args: others });
    return { status: 200, body: { id, status: 'QUEUE' } };
  }
  const id = path.split('/').at(-1) ?? '';
  const generation = generations.get(id);
  if (method !== 'GET' || generation === undefined) refuse(404, 'Not Found');
  generation.asked += 1;
  const { model, args } = generation;
  const failed = (error: object): Reply => ({ status: 200, body: { id, status: 'ERROR', error } });
  if (model === '') return failed({ message: 'The model is not supported' });
  const wantsSubtitles = args['response_format'] === 'srt';
  if (wantsSubtitles && offer.subtitles === 'fail') return failed({ message: 'Internal error' });
  if (generation.asked === 1) return { status: 200, body: { id, status: 'RUNNING', percentage: 40 } };
  return {
    status: 200,
    body: { id, status: 'COMPLETED', percentage: 100, usage: { cost: 0.0012 }, ...textsOf() },
  };

  function textsOf(): object {
    if (!model.startsWith('openai/')) return texts(offer.shape, url);
    if (!wantsSubtitles) return { generations: [{ content: scribeAnswer.text }], rawResponse: null };
    if (offer.subtitles === 'are missing') return { generations: [], rawResponse: null };
    return { generations: [{ content: subtitles }], rawResponse: null };
  }
}

/** What Whisper returns for the format `srt`. */
const subtitles =
  '1\n00:00:00,000 --> 00:00:01,000\nسلام دنیا.\n\n2\n00:00:01,100 --> 00:00:02,000\nخوبی؟\n\n';

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
    case 'raw-json':
      return { generations: [{ content: JSON.stringify({ text: scribeAnswer.text, duration: 2 }) }] };
    case 'raw-text':
      return { generations: [], rawResponse: JSON.stringify({ text: scribeAnswer.text, duration: 2 }) };
  }
}
