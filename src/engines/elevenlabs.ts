import { z } from 'zod';
import type { ChunkTranscript, Engine, EngineProfile } from '../domain/engine.ts';
import { engineNames } from '../domain/engine-names.ts';
import type { DabirError } from '../domain/errors.ts';
import { createHttpClient, type HttpReply } from './http/client.ts';
import { wordsOf } from './http/error-words.ts';
import { createAccountError, failureOf } from './http/failures.ts';
import { uploadForm } from './http/upload.ts';
import { toLanguageCode } from './language-code.ts';
import { optionalNumber, optionalText, readReply } from './read-reply.ts';
import { createRemoteEngine, type RemoteSettings } from './remote-engine.ts';
import { type SpokenPiece, untimedSegments, wordsToSegments } from './words-to-segments.ts';

/** Creates the engine for ElevenLabs' own service. It returns words and speakers; segments are formed here. */
export function createElevenLabsEngine(settings: RemoteSettings): Engine {
  const client = createHttpClient({
    baseUrl: settings.baseUrl,
    headers: { 'xi-api-key': settings.token ?? '' },
    secrets: [settings.token],
    timeoutMs: settings.timeoutMs,
  });
  return createRemoteEngine(profileOf(settings), {
    async transcribe(chunk, { language, hotwords }, { signal }) {
      const reply = await client.ask(
        {
          method: 'POST',
          path: '/v1/speech-to-text',
          form: () =>
            uploadForm('file', chunk, [
              ['model_id', settings.model],
              ['timestamps_granularity', 'word'],
              ['diarize', 'true'],
              // Audio events such as laughter or footsteps are not speech.
              ['tag_audio_events', 'false'],
              ...(language === null ? [] : [['language_code', language] as const]),
              ...hotwords.map((word) => ['keyterms', word] as const),
            ]),
        },
        signal,
      );
      if (reply.status < 200 || reply.status >= 300) throw refusal(reply, client.clean(wordsOf(reply)));
      return toTranscript(readReply(reply, scribeSchema, client), chunk.durationSeconds, language);
    },
    close: () => client.close(),
  });
}

function profileOf({ baseUrl, pricePerMinute, maxParallelChunks }: RemoteSettings): EngineProfile {
  return {
    id: 'elevenlabs',
    kind: 'remote',
    name: engineNames.elevenlabs,
    can: {
      languages: 'any',
      detectsLanguage: true,
      times: 'words',
      confidences: true,
      speakers: true,
      hotwords: true,
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

/** Maps an error reply. A spent quota gives 401, like a wrong key; the reply's text tells them apart. */
function refusal(reply: HttpReply, words: string): DabirError {
  if (/quota_exceeded|detected_unusual_activity/.test(reply.text)) {
    return createAccountError(`the service answered ${reply.status}: ${words}`);
  }
  return failureOf({ ...reply, words });
}

const pieceSchema = z.object({
  text: z.string(),
  start: optionalNumber,
  end: optionalNumber,
  type: z.enum(['word', 'spacing', 'audio_event']).catch('word'),
  speaker_id: optionalText,
  logprob: optionalNumber,
});

/** The reply of the Scribe models; MetisAI passes it on. */
export const scribeSchema = z.object({
  text: z.string(),
  language_code: optionalText,
  language_probability: optionalNumber,
  words: z.array(pieceSchema).nullish().catch(null),
});

/** Converts a Scribe reply to a transcript. */
export function toTranscript(
  { text, language_code, language_probability, words }: z.infer<typeof scribeSchema>,
  durationSeconds: number,
  asked: string | null,
): ChunkTranscript {
  const pieces = (words ?? []).filter(({ type }) => type !== 'audio_event');
  const isTimed = pieces.some(({ type }) => type === 'word');
  const language = toLanguageCode(language_code);
  return {
    language: asked ?? language,
    languageProbability: asked === null ? (language_probability ?? null) : null,
    ...(asked !== null &&
      language !== null && { detected: { language, probability: language_probability ?? 0 } }),
    segments: isTimed ? wordsToSegments(pieces.map(toPiece)) : untimedSegments(text, durationSeconds),
    cost: null,
  };
}

function toPiece({ text, start, end, type, speaker_id, logprob }: z.infer<typeof pieceSchema>): SpokenPiece {
  return {
    text,
    isWord: type === 'word',
    start: start ?? 0,
    end: end ?? start ?? 0,
    probability: logprob == null ? null : Math.exp(Math.min(0, logprob)),
    speaker: speaker_id ?? null,
  };
}
