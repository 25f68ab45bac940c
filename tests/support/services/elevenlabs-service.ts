import { type Received, Refusal, type Reply, type Service, startService } from './service.ts';

const key = 'xi-test-0123456789abcdef';

/** Starts a service like ElevenLabs' speech to text, by its API reference. */
export async function startElevenLabsService(): Promise<Service & { key: string }> {
  return { ...(await startService(() => 'transcribe', transcribe)), key };
}

function refuse(status: number, code: string, message: string): never {
  throw new Refusal({ status, body: { detail: { status: code, message } } });
}

function transcribe({ method, path, headers, fields, file }: Received): Reply {
  if (path !== '/v1/speech-to-text') refuse(404, 'not_found', 'Not Found');
  if (method !== 'POST') refuse(405, 'method_not_allowed', 'Method Not Allowed');
  if (headers['xi-api-key'] !== key) refuse(401, 'invalid_api_key', 'Invalid API key');
  if (headers['authorization'] !== undefined) refuse(400, 'odd', 'two credentials');
  if (!['scribe_v1', 'scribe_v2'].includes(fields.get('model_id')?.[0] ?? '')) {
    refuse(422, 'invalid_model', 'model_id is not known');
  }
  if (file?.field !== 'file' || file.bytes === 0) refuse(422, 'invalid_file', 'file: field required');
  const language = fields.get('language_code')?.[0];
  if (language !== undefined && !/^[a-z]{2,3}$/.test(language)) refuse(422, 'invalid_language', language);
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
