import { type Received, Refusal, type Reply, type Service, startService } from './service.ts';

const token = 'vira-test-0123456789abcdef';
/** Bytes of a minute of MP3 at 64 kbit/s; VIRA's limit is below that. */
const minuteBytes = 480_000;

/** The places in which its text was observed, and the one client that saw a deferred answer. */
export type ViraShape =
  | 'nested'
  | 'data.text'
  | 'data.data.text'
  | 'aiResponse.text'
  | 'segments'
  | 'pending';

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
    return times === 0 ? pending(id) : { status: 200, body: bodyOf('nested') };
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
  if (shape !== 'pending') return { status: 201, body: bodyOf(shape) };
  const id = `job-${asked.size + 1}`;
  asked.set(id, 0);
  return pending(id);
}

const pending = (id: string): Reply => ({ status: 200, body: { data: { status: 'processing', data: id } } });

const text = 'سلام دنیا. خوبی؟';

function bodyOf(shape: Exclude<ViraShape, 'pending'>): object {
  switch (shape) {
    case 'nested':
      return {
        data: { status: 'success', data: { aiResponse: { result: { text, rtf: 0.1 }, meta: { units: 2 } } } },
      };
    case 'data.text':
      return { data: { status: 'success', text } };
    case 'data.data.text':
      return { data: { status: 'success', data: { text } } };
    case 'aiResponse.text':
      return { data: { status: 'success', data: { aiResponse: { text } } } };
    case 'segments':
      return { data: { data: { aiResponse: { segments: [{ text: 'سلام دنیا.' }, { text: 'خوبی؟' }] } } } };
  }
}
