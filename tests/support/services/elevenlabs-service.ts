import { type Received, Refusal, type Reply, type Service, startService } from './service.ts';

const key = 'xi-test-0123456789abcdef';

/** The models since 2026-07-09, when ElevenLabs ended scribe_v1. */
const present: readonly string[] = ['scribe_v2', 'scribe_v3'];
/** The fields that Dabir may send, each with its values (API reference, create transcript). */
const fieldValues: Readonly<Record<string, RegExp>> = {
  model_id: /./,
  timestamps_granularity: /^(none|word|character)$/,
  diarize: /^(true|false)$/,
  tag_audio_events: /^(true|false)$/,
  no_verbatim: /^(true|false)$/,
  language_code: /^[a-z]{2,3}$/,
  keyterms: /^(?=.{1,50}$)[^<>{}[\]\\\s]+( [^<>{}[\]\\\s]+){0,4}$/u,
};

/** Starts a service like ElevenLabs' speech to text, by its API reference. */
export async function startElevenLabsService(
  models: readonly string[] = present,
): Promise<Service & { key: string; requests: Received[] }> {
  const requests: Received[] = [];
  const service = await startService(
    () => 'transcribe',
    (request) => {
      requests.push(request);
      return transcribe(request, models);
    },
  );
  return { ...service, key, requests };
}

function refuse(status: number, code: string, message: string): never {
  throw new Refusal({ status, body: { detail: { status: code, message } } });
}

function transcribe({ method, path, headers, fields, file }: Received, models: readonly string[]): Reply {
  if (path !== '/v1/speech-to-text') refuse(404, 'not_found', 'Not Found');
  if (method !== 'POST') refuse(405, 'method_not_allowed', 'Method Not Allowed');
  if (headers['xi-api-key'] !== key) refuse(401, 'invalid_api_key', 'Invalid API key');
  if (headers['authorization'] !== undefined) refuse(400, 'odd', 'two credentials');
  const model = fields.get('model_id')?.[0] ?? '';
  if (!models.includes(model)) {
    refuse(
      400,
      'invalid_model_id',
      `'${model}' is not a valid model_id. Only ${models.join(', ')} are allowed`,
    );
  }
  if (file?.field !== 'file' || file.bytes === 0) refuse(422, 'invalid_file', 'file: field required');
  for (const [name, values] of fields) {
    const isValid = values.every((value) => fieldValues[name]?.test(value));
    if (!isValid) refuse(422, 'invalid_parameters', `${name} is not valid`);
  }
  const isFirst = model === 'scribe_v1';
  if (isFirst && (fields.has('keyterms') || fields.has('no_verbatim'))) {
    refuse(422, 'invalid_parameters', 'keyterms and no_verbatim need scribe_v2');
  }
  if ((fields.get('keyterms')?.length ?? 0) > 1_000) refuse(422, 'invalid_parameters', 'too many keyterms');
  return { status: 200, body: scribeAnswer };
}

const piece = (text: string, start: number, end: number, speaker: string, type = 'word') => ({
  text,
  start,
  end,
  type,
  speaker_id: speaker,
  logprob: -0.1,
});

/** The answer of the Scribe models. */
export const scribeAnswer = {
  language_code: 'fas',
  language_probability: 0.98,
  text: 'سلام دنیا. خوبی؟',
  words: [
    piece('سلام', 0, 0.5, 'speaker_0'),
    piece(' ', 0.5, 0.5, 'speaker_0', 'spacing'),
    piece('دنیا.', 0.5, 1, 'speaker_0'),
    piece(' ', 1, 1.1, 'speaker_0', 'spacing'),
    piece('(می‌خندد)', 1.05, 1.1, 'speaker_1', 'audio_event'),
    piece('خوبی؟', 1.1, 2, 'speaker_1'),
  ],
};
