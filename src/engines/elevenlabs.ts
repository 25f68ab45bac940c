import type { AudioChunk, Cost, Engine, EngineProfile } from '../domain/engine.ts';
import { engineNames } from '../domain/engine-names.ts';
import { DabirError } from '../domain/errors.ts';
import { createHttpClient, type HttpResponse } from '../http/client.ts';
import { wordsOf } from '../http/error-words.ts';
import { createAccountError, failureOf } from '../http/failures.ts';
import { keytermPriceFactor, keytermsOf } from './keyterms.ts';
import { createScribeModelChoice, isAboutMissingModel } from './model-choice.ts';
import { readResponse } from './read-response.ts';
import { createRemoteEngine, type RemoteSettings } from './remote-engine.ts';
import { scribeSchema, toTranscript } from './scribe-response.ts';
import { uploadForm } from './upload.ts';

/** Configuration of ElevenLabs' own service. */
export type ElevenLabsSettings = RemoteSettings & {
  /** Tells speakers apart. */
  readonly diarize: boolean;
  /** Leaves out filler words, false starts and sounds (only from `scribe_v2` on). */
  readonly noVerbatim: boolean;
  /** Sends hotwords, which cost more. */
  readonly keyterms: boolean;
};

/** Creates the engine for ElevenLabs' own service. It returns words and speakers; segments are formed here. */
export function createElevenLabsEngine(settings: ElevenLabsSettings): Engine {
  const client = createHttpClient({
    baseUrl: settings.baseUrl,
    headers: { 'xi-api-key': settings.token ?? '' },
    secrets: [settings.token],
    timeoutMs: settings.timeoutMs,
  });
  const models = createScribeModelChoice(settings.model, settings.warn);
  const ask = (model: string, chunk: AudioChunk, fields: readonly Field[], signal: AbortSignal) => {
    const form = () => uploadForm('file', chunk, [['model_id', model], ...fields]);
    return client.ask({ method: 'POST', path: '/v1/speech-to-text', form }, signal);
  };
  return createRemoteEngine(profileOf(settings), {
    async transcribe(chunk, { language, hotwords }, { signal }) {
      const keyterms = settings.keyterms ? keytermsOf(hotwords) : [];
      let refused: DabirError | null = null;
      for (const model of models.candidates()) {
        // The first model knows neither option.
        const isFirst = model === 'scribe_v1';
        const terms = isFirst ? [] : keyterms;
        const fields = fieldsOf(settings, language, terms, settings.noVerbatim && !isFirst);
        const response = await ask(model, chunk, fields, signal);
        if (response.status >= 200 && response.status < 300) {
          models.taken(model);
          const transcript = toTranscript(
            readResponse(response, scribeSchema, client),
            chunk.durationSeconds,
            language,
          );
          return { ...transcript, cost: costOf(settings, chunk, terms) };
        }
        const failure = refusal(response, client.clean(wordsOf(response)));
        if (!refusesModel(response)) throw failure;
        models.refused(model);
        refused ??= failure;
      }
      throw refused ?? new DabirError('engine_failed', 'no model is left');
    },
    close: () => client.close(),
  });
}

type Field = readonly [string, string];

function fieldsOf(
  { diarize }: ElevenLabsSettings,
  language: string | null,
  keyterms: readonly string[],
  noVerbatim: boolean,
): Field[] {
  return [
    ['timestamps_granularity', 'word'],
    ['diarize', `${diarize}`],
    // Audio events such as laughter or footsteps are not speech.
    ['tag_audio_events', 'false'],
    ...(noVerbatim ? [['no_verbatim', 'true'] as const] : []),
    ...(language === null ? [] : [['language_code', language] as const]),
    ...keyterms.map((term) => ['keyterms', term] as const),
  ];
}

/** Returns the cost of audio with keyterms; null for the usual price, or for an unknown one. */
function costOf(
  { pricePerMinute }: ElevenLabsSettings,
  { durationSeconds }: AudioChunk,
  keyterms: readonly string[],
): Cost | null {
  if (pricePerMinute === null || keyterms.length === 0) return null;
  return { amount: (pricePerMinute * keytermPriceFactor * durationSeconds) / 60, currency: 'USD' };
}

/** A model that the service does not have gives 400 or 422. */
function refusesModel({ status, text }: HttpResponse): boolean {
  return (status === 400 || status === 422) && isAboutMissingModel(text);
}

function profileOf({
  baseUrl,
  pricePerMinute,
  maxParallelChunks,
  diarize,
  keyterms,
}: ElevenLabsSettings): EngineProfile {
  return {
    id: 'elevenlabs',
    kind: 'remote',
    name: engineNames.elevenlabs,
    can: {
      languages: 'any',
      detectsLanguage: true,
      times: 'words',
      confidences: true,
      speakers: diarize,
      hotwords: keyterms,
      translation: false,
    },
    limits: {
      // The service takes ten hours per call; an hour keeps speakers consistent and a retry cheap.
      maxChunkSeconds: 3600,
      maxChunkBytes: 500_000_000,
      formats: ['ogg', 'flac', 'mp3', 'wav'],
      maxParallelChunks,
    },
    price: pricePerMinute === null ? null : { perMinute: pricePerMinute, currency: 'USD' },
    privacy: { destination: new URL(baseUrl).host, keeps: 'unknown' },
    maxRealTimeFactor: 2,
  };
}

/** Maps an error response. A spent quota gives 401, like a wrong key; the response's text tells them apart. */
function refusal(response: HttpResponse, words: string): DabirError {
  if (/quota_exceeded|detected_unusual_activity/.test(response.text)) {
    return createAccountError(`the service answered ${response.status}: ${words}`);
  }
  return failureOf({ ...response, words });
}
