import { type Received, Refusal, type Reply, type Service, startService } from './service.ts';

const key = 'sk-test-0123456789abcdef';
const endings = ['flac', 'mp3', 'mp4', 'mpeg', 'mpga', 'm4a', 'ogg', 'wav', 'webm'];
/** Each model's formats of a reply, and its fields beside the file, the model and the format (API reference). */
const models: Readonly<Record<string, { readonly formats: string[]; readonly fields: string[] }>> = {
  'whisper-1': {
    formats: ['json', 'text', 'srt', 'verbose_json', 'vtt'],
    fields: ['language', 'prompt', 'temperature', 'timestamp_granularities[]'],
  },
  'gpt-transcribe': { formats: ['json', 'text'], fields: ['languages[]', 'keywords[]', 'prompt'] },
  'gpt-4o-transcribe': { formats: ['json', 'text'], fields: ['language', 'prompt', 'include[]'] },
  'gpt-4o-transcribe-diarize': {
    formats: ['json', 'text', 'diarized_json'],
    fields: ['language', 'chunking_strategy'],
  },
};

/** The kind of server: OpenAI itself, or one whose version of its API differs. */
export type OpenAiKind =
  | 'openai'
  | 'speaches'
  | 'whisper.cpp'
  | 'LocalAI'
  | 'json only'
  | 'no logprobs'
  | 'no speakers';

/**
 * Starts a service like OpenAI's transcriptions, by its API reference, or like one of four self-hosted
 * servers with their known differences.
 */
export async function startOpenAiService(
  kind: OpenAiKind = 'openai',
): Promise<Service & { key: string; requests: Received[] }> {
  const requests: Received[] = [];
  const service = await startService(
    ({ path }) => ({ '/': 'home', '/v1/models': 'models' })[path] ?? 'transcribe',
    (request) => {
      if (request.method === 'POST') requests.push(request);
      return answer(request, kind);
    },
  );
  return { ...service, key, requests };
}

function answer(request: Received, kind: OpenAiKind): Reply {
  if (request.path === '/v1/models') return listModels(request);
  if (request.path !== '/') return transcribe(request, kind);
  const headers = { server: kind === 'whisper.cpp' ? 'whisper.cpp' : 'uvicorn' };
  return { status: kind === 'whisper.cpp' ? 200 : 404, body: '<html></html>', headers };
}

function refuse(status: number, message: string, code: string | null = null): never {
  const error = { message, type: 'invalid_request_error', param: null, code };
  throw new Refusal({ status, body: { error } });
}

function listModels(request: Received): Reply {
  checkKey(request);
  return { status: 200, body: { object: 'list', data: [{ id: 'whisper-1', object: 'model' }] } };
}

function checkKey({ headers }: Received): void {
  if (headers['authorization'] !== `Bearer ${key}`)
    refuse(401, 'Incorrect API key provided', 'invalid_api_key');
}

function transcribe(request: Received, kind: OpenAiKind): Reply {
  const { method, path, fields, file } = request;
  if (path !== '/v1/audio/transcriptions') refuse(404, `Invalid URL (${method} ${path})`);
  if (method !== 'POST') refuse(405, 'Method not allowed');
  if (kind === 'openai') checkKey(request);
  if (file?.field !== 'file' || file.bytes === 0) refuse(400, 'file: field required');
  if (file.bytes > 26_214_400) refuse(413, 'Maximum content size limit (26214400) exceeded');
  if (!endings.includes(file.name.split('.').at(-1) ?? '')) refuse(400, `Unrecognized file format`);
  const format = fields.get('response_format')?.[0] ?? 'json';
  const language = fields.get('language')?.[0];
  return { status: 200, body: kinds[kind](fields, format, language) };
}

const segment = {
  id: 0,
  seek: 0,
  tokens: [1],
  temperature: 0,
  avg_logprob: -0.2,
  compression_ratio: 1.1,
  no_speech_prob: 0.01,
};
const verbose = {
  task: 'transcribe',
  language: 'persian',
  duration: 2,
  text: 'سلام دنیا. خوبی؟',
  segments: [
    { ...segment, start: 0, end: 1, text: ' سلام دنیا.' },
    { ...segment, id: 1, start: 1, end: 2, text: ' خوبی؟' },
  ],
  words: [
    { word: 'سلام', start: 0, end: 0.5 },
    { word: 'دنیا', start: 0.5, end: 1 },
    { word: 'خوبی', start: 1.1, end: 2 },
  ],
};

type Fields = Received['fields'];

/** What the models without times return beside the text. */
const extras: Readonly<Record<string, (fields: Fields) => object>> = {
  'gpt-transcribe': () => ({ languages: ['fa'] }),
  'gpt-4o-transcribe': (fields) =>
    fields.get('include[]')?.includes('logprobs')
      ? {
          logprobs: [
            { token: 'سلام', bytes: [216], logprob: -0.1 },
            { token: ' دنیا', bytes: [32], logprob: -0.3 },
          ],
        }
      : {},
};
const kinds: Record<OpenAiKind, (fields: Fields, format: string, language: string | undefined) => object> = {
  openai(fields, format, language) {
    const model = fields.get('model')?.[0] ?? '';
    const known = models[model];
    if (known === undefined) refuse(404, `The model '${model}' does not exist`, 'model_not_found');
    for (const name of fields.keys()) {
      if (!['model', 'response_format', ...known.fields].includes(name))
        refuse(400, `${name} is not supported by model '${model}'.`, 'unsupported_parameter');
    }
    if (!known.formats.includes(format)) {
      refuse(
        400,
        `response_format '${format}' is not compatible with model '${model}'.`,
        'unsupported_value',
      );
    }
    if (language !== undefined && !/^[a-z]{2}$/.test(language)) refuse(400, `Invalid language '${language}'`);
    if (format === 'diarized_json') {
      if (fields.get('chunking_strategy')?.[0] !== 'auto') refuse(400, 'chunking_strategy is required');
      const spoken = { type: 'transcript.text.segment', id: 'seg_1' };
      return {
        text: verbose.text,
        duration: 2,
        segments: [
          { ...spoken, start: 0, end: 1, text: 'سلام دنیا.', speaker: 'A' },
          { ...spoken, start: 1, end: 2, text: 'خوبی؟', speaker: 'B' },
        ],
      };
    }
    for (const code of fields.get('languages[]') ?? []) {
      if (!/^[a-z]{2}$/.test(code)) refuse(400, `Invalid language '${code}'`);
    }
    for (const word of fields.get('keywords[]') ?? []) {
      if (word === '' || /[<>\r\n]/.test(word)) refuse(400, 'a keyword is not valid');
    }
    if (format === 'json') return { text: verbose.text, ...(extras[model]?.(fields) ?? {}) };
    if (!fields.get('timestamp_granularities[]')?.includes('word')) refuse(400, 'no words were asked for');
    return verbose;
  },
  // Errors are FastAPI's; languages are given by their codes only.
  speaches(_fields, _format, language) {
    if (language === 'auto')
      throw new Refusal({
        status: 422,
        body: { detail: [{ loc: ['body', 'language'], msg: 'Input should be a language' }] },
      });
    return {
      ...verbose,
      words: null,
      segments: verbose.segments.map((one, index) => ({
        ...one,
        words: verbose.words.filter(({ start }) => Math.floor(start) === index),
      })),
    };
  },
  // It assumes English.
  'whisper.cpp': (_fields, _format, language) => {
    if (language === undefined)
      throw new Refusal({ status: 200, body: { text: 'Salam donya.', language: 'english' } });
    return verbose;
  },
  LocalAI: () => ({
    text: verbose.text,
    segments: verbose.segments,
    words: verbose.words.map(({ word, ...times }) => ({ text: word, ...times })),
  }),
  'no logprobs'(fields) {
    if (fields.has('include[]')) refuse(400, "Unknown parameter: 'include'");
    return { text: verbose.text };
  },
  // It knows neither the model's format nor its field, as servers that only run Whisper.
  'no speakers'(_fields, format) {
    if (format === 'diarized_json') refuse(400, "Invalid response_format 'diarized_json'");
    return verbose;
  },
  'json only'(_fields, format) {
    if (format !== 'json') refuse(400, "response_format must be 'json'");
    return { text: verbose.text };
  },
};
