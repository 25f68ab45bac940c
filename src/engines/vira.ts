import { z } from 'zod';
import type { AudioChunk, Engine, EngineProfile, TranscribeOptions } from '../domain/engine.ts';
import { engineNames } from '../domain/engine-names.ts';
import { DabirError } from '../domain/errors.ts';
import { createHttpClient, type HttpClient, type HttpResponse } from './http/client.ts';
import { wordsOf } from './http/error-words.ts';
import { createAccountError, failureOf } from './http/failures.ts';
import { uploadForm } from './http/upload.ts';
import { pollResult } from './poll.ts';
import { createUnknownResponseError } from './read-response.ts';
import { createRemoteEngine, type RemoteSettings } from './remote-engine.ts';
import { at, readViraResponse, type ViraResponse } from './vira-response.ts';
import { untimedSegments } from './words-to-segments.ts';

/** VIRA's own clients poll every 2 to 6 s. */
const usualPollMs = 3_000;
const shortMs = 30_000;

/**
 * Creates the engine for VIRA (Avanegar). It takes less than a minute of audio per call, and returns the text at
 * once or an id to poll.
 * @param pollMs time between two status requests, in ms
 */
export function createViraEngine(settings: RemoteSettings, pollMs = usualPollMs): Engine {
  const { baseUrl, token, timeoutMs } = settings;
  const headers = { 'gateway-token': token ?? '' };
  const client = createHttpClient({ baseUrl, headers, secrets: [token], timeoutMs });

  const submit = async (
    chunk: AudioChunk,
    options: TranscribeOptions,
    signal: AbortSignal,
  ): Promise<ViraResponse> => {
    const form = () => uploadForm('audio', chunk, fieldsOf(settings.model, options));
    return read(
      await client.ask({ method: 'POST', path: '/avanegar/v2/avanegar/request', form }, signal),
      client,
    );
  };
  const fetchResult = async (id: string, signal: AbortSignal): Promise<ViraResponse> => {
    const path = `/avanegar/v2/avanegar-large/getResult?id=${encodeURIComponent(id)}`;
    const response = await client.ask({ method: 'GET', path, timeoutMs: shortMs }, signal);
    return response.status === 404 ? { kind: 'expired' } : read(response, client);
  };

  return createRemoteEngine(profileOf(settings), {
    async transcribe(chunk, options, { signal, ticket }) {
      const wait = (id: string) =>
        pollResult(
          async () => {
            const response = await fetchResult(id, signal);
            return response.kind === 'pending' ? null : response;
          },
          { everyMs: pollMs, timeoutMs },
          signal,
        );
      let response: ViraResponse = ticket.value === null ? { kind: 'expired' } : await wait(ticket.value);
      // An id that the service no longer knows counts as none; the chunk is sent again, at most twice.
      for (let tries = 0; tries < 2 && response.kind !== 'text'; tries += 1) {
        response = await submit(chunk, options, signal);
        if (response.kind === 'pending') {
          await ticket.save(response.id);
          response = await wait(response.id);
        }
      }
      if (response.kind !== 'text') {
        await ticket.save(null);
        throw new DabirError('engine_failed', 'the service lost the request twice');
      }
      const segments = untimedSegments(response.text, chunk.durationSeconds);
      return { language: options.language ?? 'fa', languageProbability: null, segments, cost: null };
    },
    close: () => client.close(),
  });
}

function fieldsOf(model: string, { hotwords }: TranscribeOptions): [string, string][] {
  return [
    ['model', model],
    ['language', 'fa'],
    ['srt', 'false'],
    ['inverseNormalizer', 'true'],
    ['timestamp', 'false'],
    ['spokenPunctuation', 'false'],
    ['punctuation', 'true'],
    ['diarize', 'false'],
    ['numSpeakers', '0'],
    ...hotwords.map((word): [string, string] => ['hotwords[]', word]),
  ];
}

function profileOf({ baseUrl, pricePerMinute, maxParallelChunks }: RemoteSettings): EngineProfile {
  return {
    id: 'vira',
    kind: 'remote',
    name: engineNames.vira,
    can: {
      languages: ['fa'],
      detectsLanguage: false,
      times: 'none',
      confidences: false,
      speakers: false,
      hotwords: true,
      translation: false,
    },
    // VIRA refuses 60 s.
    limits: { maxChunkSeconds: 50, maxChunkBytes: 20_000_000, formats: ['mp3', 'wav'], maxParallelChunks },
    price: pricePerMinute === null ? null : { perMinute: pricePerMinute, currency: 'IRT' },
    privacy: { destination: new URL(baseUrl).host, keeps: 'unknown' },
    maxRealTimeFactor: 4,
  };
}

function read(response: HttpResponse, client: HttpClient): ViraResponse {
  const { status, json } = response;
  if (status < 200 || status >= 300) throw refusal(response, client);
  const read = readViraResponse(json);
  if (read !== null) return read;
  if (/^(error|fail)/i.test(`${at(json, 'data', 'status')}`)) throw refusal(response, client);
  throw createUnknownResponseError(response, client);
}

function refusal(response: HttpResponse, client: HttpClient): DabirError {
  const message =
    at(response.json, 'data', 'data', 'aiResponse', 'message') ??
    at(response.json, 'data', 'message') ??
    wordsOf(response);
  const words = client.clean(
    `${typeof message === 'string' ? message : wordsOf(response)} ${failedChecks(response.json)}`,
  );
  if (/balanceError/i.test(response.text)) return createAccountError(`no balance left: ${words}`);
  if (/Empty Audio file|Input file content is unexpected/i.test(response.text)) {
    return new DabirError('engine_rejected', words);
  }
  if (response.status < 300)
    return new DabirError('engine_failed', `the service reports a failure: ${words}`);
  return failureOf({ ...response, words });
}

/** Lists the service's checks that the file failed, such as `duration`. */
function failedChecks(json: unknown): string {
  const checks = z
    .array(z.object({ field: z.string(), passed: z.boolean() }))
    .safeParse(at(json, 'data', 'additionalInfo', 'additionalInfo', 'validationResults'));
  const failed = checks.success ? checks.data.filter(({ passed }) => !passed) : [];
  return failed.length === 0 ? '' : `(failed checks: ${failed.map(({ field }) => field).join(', ')})`;
}
