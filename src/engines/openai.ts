import type { AudioChunk, Engine, EngineProfile, TranscribeOptions } from '../domain/engine.ts';
import { engineNames } from '../domain/engine-names.ts';
import type { DabirError } from '../domain/errors.ts';
import { createHttpClient, type HttpResponse } from '../http/client.ts';
import { wordsOf } from '../http/error-words.ts';
import { createAccountError, failureOf } from '../http/failures.ts';
import { isLoopback } from '../lib/loopback.ts';
import { fieldsOf, type ResponseForm, refusesForm, responseForms } from './openai-request.ts';
import { openAiResponseSchema, transcriptOfResponse } from './openai-response.ts';
import { readResponse } from './read-response.ts';
import { createRemoteEngine, type RemoteSettings } from './remote-engine.ts';
import { uploadForm } from './upload.ts';

/** Base URL of OpenAI's own service. */
export const openAiBaseUrl = 'https://api.openai.com';

/** Timeout of requests that are answered at once, in ms. */
const shortMs = 10_000;

/**
 * Creates the engine for OpenAI and compatible servers: speaches, the whisper.cpp server, LocalAI. A form of the
 * response that the server refuses is not requested again.
 */
export function createOpenAiEngine(settings: RemoteSettings): Engine {
  const root = settings.baseUrl.replace(/\/v1$/, '');
  const isOwn = isLoopback(new URL(root).hostname);
  const client = createHttpClient({
    baseUrl: root,
    headers: settings.token === null ? {} : { authorization: `Bearer ${settings.token}` },
    secrets: [settings.token],
    timeoutMs: settings.timeoutMs,
  });
  /** The forms that the server has not refused; the first one is requested. */
  let forms = responseForms(settings.model);
  let unnamed: Promise<'auto' | null> | undefined;
  /**
   * Returns the `language` value for detection: the whisper.cpp server needs `auto`, because its default is
   * English; others detect the language if the field is missing.
   */
  const unnamedLanguage = (signal: AbortSignal) => {
    if (isOpenAi(root)) return null;
    unnamed ??= client.ask({ method: 'GET', path: '/', timeoutMs: shortMs }, signal).then(
      ({ headers }) => (/whisper\.cpp/i.test(headers.get('server') ?? '') ? 'auto' : null),
      () => {
        unnamed = undefined;
        return null;
      },
    );
    return unnamed;
  };
  const ask = async (
    chunk: AudioChunk,
    options: TranscribeOptions,
    form: ResponseForm,
    signal: AbortSignal,
  ) => {
    const language = options.language ?? (await unnamedLanguage(signal));
    const fields = fieldsOf(settings.model, form, { ...options, language });
    return client.ask(
      {
        method: 'POST',
        path: '/v1/audio/transcriptions',
        form: () => uploadForm('file', chunk, fields),
      },
      signal,
    );
  };

  return createRemoteEngine(profileOf(settings, root, isOwn), {
    async transcribe(chunk, options, { signal }) {
      for (;;) {
        const [form, ...others] = forms;
        const response = await ask(chunk, options, form, signal);
        const [next] = others;
        if (next !== undefined && refusesForm(response)) {
          // Avoids one refused request per chunk. A chunk in parallel may have been faster.
          if (forms[0] === form) forms = [next, ...others.slice(1)];
          continue;
        }
        if (response.status < 200 || response.status >= 300)
          throw refusal(response, client.clean(wordsOf(response)));
        return transcriptOfResponse(
          readResponse(response, openAiResponseSchema, client),
          chunk,
          options.language,
        );
      }
    },
    async probe(signal) {
      await client.send({ method: 'GET', path: '/v1/models', timeoutMs: shortMs }, signal);
      return { credit: null };
    },
    close: () => client.close(),
  });
}

const isOpenAi = (root: string) => root === openAiBaseUrl;

function profileOf(
  { model, pricePerMinute, maxParallelChunks }: RemoteSettings,
  root: string,
  isOwn: boolean,
): EngineProfile {
  const [{ format }] = responseForms(model);
  const isDiarized = format === 'diarized_json';
  const host = new URL(root).host;
  const name = isOpenAi(root) ? engineNames.openai : { fa: `Whisper (${host})`, en: `Whisper (${host})` };
  return {
    id: 'openai',
    kind: 'remote',
    name,
    can: {
      languages: 'any',
      detectsLanguage: true,
      times: { verbose_json: 'words', diarized_json: 'segments', json: 'none' }[format] as
        | 'words'
        | 'segments'
        | 'none',
      confidences: false,
      speakers: isDiarized,
      hotwords: !isDiarized,
      translation: false,
    },
    limits: {
      // gpt-4o models refuse more than 1,400 s; with ten minutes a slow server still replies within the timeout.
      maxChunkSeconds: 600,
      // OpenAI takes 25 MB for the whole request (413 at 26,214,400 bytes).
      maxChunkBytes: 25_000_000,
      // All servers decode FLAC; some self-hosted ones cannot decode Opus in Ogg.
      formats: isOpenAi(root) ? ['ogg', 'flac', 'mp3', 'wav'] : ['flac', 'mp3', 'wav'],
      maxParallelChunks,
    },
    price: pricePerMinute === null ? null : { perMinute: pricePerMinute, currency: 'USD' },
    privacy: { destination: isOwn ? null : host, keeps: isOwn ? 'nothing' : 'unknown' },
    // A self-hosted server may run on a slow processor.
    maxRealTimeFactor: isOpenAi(root) ? 2 : 12,
  };
}

function refusal(response: HttpResponse, words: string): DabirError {
  const failure = failureOf({ ...response, words });
  // OpenAI uses 429 both for the rate limit, which passes, and for a spent credit, which does not.
  if (response.status === 429 && /insufficient_quota|billing/i.test(response.text)) {
    return createAccountError(failure.message);
  }
  return failure;
}
