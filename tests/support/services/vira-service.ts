import { type Received, Refusal, type Reply, type Service, startService } from './service.ts';

const token = 'vira-test-0123456789abcdef';
/** Bytes of a minute of MP3 at 64 kbit/s; VIRA's limit is below that. */
const minuteBytes = 480_000;

/** The forms in which its text was observed, by their places. */
const bodies = {
  nested: (text: string) => ({
    data: { status: 'success', data: { aiResponse: { result: { text, rtf: 0.1 }, meta: { units: 2 } } } },
  }),
  'data.text': (text: string) => ({ data: { status: 'success', text } }),
  'data.data.text': (text: string) => ({ data: { status: 'success', data: { text } } }),
  'aiResponse.text': (text: string) => ({ data: { status: 'success', data: { aiResponse: { text } } } }),
  segments: () => ({
    data: { data: { aiResponse: { segments: [{ text: 'سلام دنیا.' }, { text: 'خوبی؟' }] } } },
  }),
  transcript: (text: string) => ({ data: { status: 'success', data: { result: { transcript: text } } } }),
  transcription: (text: string) => ({ data: { response: { transcription: text } } }),
  'list of sentences': () => ({ data: { data: [{ sentence: 'سلام دنیا.' }, { sentence: 'خوبی؟' }] } }),
};

/** The forms of the id in a deferred answer. */
const ids = {
  pending: (job: number) => `job-${job}`,
  'pending, a number': (job: number) => job,
  'pending, id': (job: number) => ({ id: job }),
  'pending, request_id': (job: number) => ({ request_id: `job-${job}` }),
  'pending, requestId': (job: number) => ({ request: { requestId: `job-${job}` }, text: '' }),
  'pending, tracking_id': (job: number) => ({ queue: { place: { tracking_id: job } } }),
  'pending, no id': () => ({ eta: 5 }),
};

export type ViraShape = keyof typeof bodies | keyof typeof ids;

/** Starts a service like VIRA (Avanegar), as its public clients know it. */
export async function startViraService(shape: ViraShape = 'nested'): Promise<Service & { key: string }> {
  const asked = new Map<string, number>();
  const service = await startService(
    ({ method }) => (method === 'GET' ? 'result' : 'request'),
    (request) => answer(request, asked, shape),
  );
  return { ...service, key: token };
}

function refuse(status: number, message: string, more: object = {}): never {
  throw new Refusal({ status, body: { data: { status: 'error', message, ...more } } });
}

const strings: Readonly<Record<string, RegExp>> = {
  model: /^(default|microphony|telephony)$/,
  srt: /^(true|false)$/,
  inverseNormalizer: /^(true|false)$/,
  timestamp: /^(true|false)$/,
  spokenPunctuation: /^(true|false)$/,
  punctuation: /^(true|false)$/,
  diarize: /^(true|false)$/,
  numSpeakers: /^\d+$/,
  language: /^fa$/,
};

function answer(
  { method, path, query, headers, fields, file }: Received,
  asked: Map<string, number>,
  shape: ViraShape,
): Reply {
  if (headers['gateway-token'] !== token) refuse(401, 'Unauthorized');
  if (headers['accept'] !== 'application/json') refuse(406, 'Not Acceptable');
  if (path === '/avanegar/v2/avanegar-large/getResult' && method === 'GET') {
    const id = query.get('id') ?? '';
    const times = asked.get(id);
    if (times === undefined) refuse(404, 'not found');
    asked.set(id, times + 1);
    return times === 0 ? pending(id) : { status: 200, body: bodies.nested(text) };
  }
  if (path !== '/avanegar/v2/avanegar/request') refuse(404, 'not found');
  if (method !== 'POST') refuse(405, 'method not allowed');
  for (const [name, pattern] of Object.entries(strings)) {
    if (!pattern.test(fields.get(name)?.[0] ?? '')) refuse(400, `${name} is not valid`);
  }
  if (file?.field !== 'audio' || file.bytes === 0) refuse(400, 'Empty Audio file');
  if (!/\.(mp3|wav)$/.test(file.name)) refuse(400, 'Input file content is unexpected');
  if (file.bytes >= minuteBytes) {
    const validationResults = [
      { field: 'format', passed: true },
      { field: 'duration', passed: false },
    ];
    refuse(400, 'validation', { additionalInfo: { additionalInfo: { validationResults } } });
  }
  if (shape in bodies) return { status: 201, body: bodies[shape as keyof typeof bodies](text) };
  const id = ids[shape as keyof typeof ids];
  const job = asked.size + 1;
  for (const known of [`${job}`, `job-${job}`]) asked.set(known, 0);
  return pending(id(job));
}

const pending = (id: unknown): Reply => ({ status: 200, body: { data: { status: 'processing', data: id } } });

const text = 'سلام دنیا. خوبی؟';
