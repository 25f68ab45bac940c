import { isIP } from 'node:net';
import { z } from 'zod';
import type { AudioChunk, Engine, EngineProfile } from '../domain/engine.ts';
import { engineNames } from '../domain/engine-names.ts';
import { DabirError } from '../domain/errors.ts';
import { createHttpClient } from '../http/client.ts';
import { ServiceError } from '../http/failures.ts';
import { generationSchema, readGeneration } from './metis-generation.ts';
import { createMetisRoute, type MetisRoute, type MetisTry } from './metis-route.ts';
import { isAboutMissingModel } from './model-choice.ts';
import { FinalError, pollResult } from './poll.ts';
import { createUnknownResponseError, readResponse } from './read-response.ts';
import { createRemoteEngine, type RemoteSettings } from './remote-engine.ts';
import { uploadForm } from './upload.ts';

/** MetisAI requires at least 5 s between status requests. */
const usualPollMs = 5_000;
const shortMs = 30_000;

/**
 * Creates the engine for SCRIBE: models of ElevenLabs or OpenAI through MetisAI. A file is uploaded, a generation is
 * started with its URL and polled until it ends; its text may be in one of four fields.
 * @param pollMs time between two status requests, in ms
 */
export function createScribeEngine(settings: RemoteSettings, pollMs = usualPollMs): Engine {
  const { baseUrl, token, timeoutMs } = settings;
  const secrets = [token];
  const headers = { authorization: `Bearer ${token}` };
  const client = createHttpClient({ baseUrl, headers, secrets, timeoutMs });
  // The URL of the text needs no token, so it gets none.
  const plain = createHttpClient({ baseUrl, headers: {}, secrets, timeoutMs });
  const route = createMetisRoute(settings.model, settings.warn);

  const store = async (chunk: AudioChunk, signal: AbortSignal): Promise<string> => {
    const form = () => uploadForm('files', chunk, []);
    const response = await client.send({ method: 'POST', path: '/api/v1/storage', form }, signal);
    const [file] = readResponse(response, storedSchema, client).files;
    if (file === undefined) throw createUnknownResponseError(response, client);
    return file.url;
  };
  const start = async (url: string, { model, args }: MetisTry, signal: AbortSignal): Promise<string> => {
    const generate = (file: object) =>
      client.send(
        {
          method: 'POST',
          path: '/api/v2/generate',
          json: { model, operation: 'STT', args: { ...file, ...args } },
          timeoutMs: shortMs,
        },
        signal,
      );
    // The field's name is not documented: `file` works now, and the others worked once.
    const response = await generate({ file: url }).catch((error) => {
      if (!isRejected(error) || isAboutMissingModel(error.message)) throw error;
      return generate({ url, audio_url: url, file: url, audio: url, source: url, file_url: url });
    });
    return readResponse(response, startedSchema, client).id;
  };
  const check = async (id: string, onProgress: (fraction: number) => void, signal: AbortSignal) => {
    const path = `/api/v2/generate/${encodeURIComponent(id)}`;
    const response = await client.send({ method: 'GET', path, timeoutMs: shortMs }, signal);
    const generation = readResponse(response, generationSchema, client);
    if (/^completed$/i.test(generation.status)) return { generation, response };
    if (/^(error|cancell?ed|failed)$/i.test(generation.status)) {
      throw new FinalError(
        'engine_failed',
        `the generation failed: ${client.clean(JSON.stringify(generation.error ?? generation.status))}`,
      );
    }
    if (generation.percentage != null) onProgress(Math.min(0.99, generation.percentage / 100));
    return null;
  };
  const fetchText = async (url: string, signal: AbortSignal): Promise<string> => {
    if (!isFetchable(url, baseUrl))
      throw new DabirError('engine_failed', 'the address of the text is not allowed');
    const { json, text } = await plain.send({ method: 'GET', path: url, timeoutMs: shortMs }, signal);
    return typeof json === 'string' ? json : text;
  };

  const finish = async (
    id: string,
    chunk: AudioChunk,
    language: string | null,
    hooks: { signal: AbortSignal; onProgress: (fraction: number) => void },
  ) => {
    const { signal, onProgress } = hooks;
    const times = { everyMs: pollMs, timeoutMs };
    const { generation, response } = await pollResult(() => check(id, onProgress, signal), times, signal);
    const transcript = await readGeneration(generation, (url) => fetchText(url, signal), chunk, language);
    if (transcript === null) throw createUnknownResponseError(response, client);
    const usd = generation.usage?.cost;
    return { ...transcript, cost: usd == null ? null : ({ amount: usd, currency: 'USD' } as const) };
  };

  return createRemoteEngine(profileOf(settings, route), {
    async transcribe(chunk, options, hooks) {
      const { signal, ticket } = hooks;
      const finishTicket = async (id: string) => {
        try {
          return await finish(id, chunk, options.language, hooks);
        } catch (thrown) {
          // A failed generation is not polled again.
          if (thrown instanceof FinalError || isUnknown(thrown)) await ticket.save(null);
          throw thrown;
        }
      };
      if (ticket.value !== null) return finishTicket(ticket.value);
      const url = await store(chunk, signal);
      let refusal: unknown = null;
      for (const attempt of route.tries(options)) {
        try {
          const id = await start(url, attempt, signal);
          await ticket.save(id);
          const transcript = await finishTicket(id);
          route.taken(attempt);
          return transcript;
        } catch (thrown) {
          if (!route.isRefusal(thrown)) throw thrown;
          route.refused(attempt);
          refusal ??= thrown;
        }
      }
      throw refusal;
    },
    async close() {
      await Promise.all([client.close(), plain.close()]);
    },
  });
}

function profileOf(
  { baseUrl, pricePerMinute, maxParallelChunks }: RemoteSettings,
  { can }: MetisRoute,
): EngineProfile {
  return {
    id: 'scribe',
    kind: 'remote',
    name: engineNames.scribe,
    can: {
      languages: 'any',
      detectsLanguage: true,
      translation: false,
      ...can,
    },
    limits: {
      maxChunkSeconds: 1800,
      maxChunkBytes: 100_000_000,
      formats: ['mp3', 'ogg', 'wav'],
      maxParallelChunks,
    },
    price: pricePerMinute === null ? null : { perMinute: pricePerMinute, currency: 'USD' },
    privacy: { destination: new URL(baseUrl).host, keeps: 'unknown' },
    maxRealTimeFactor: 4,
  };
}

const storedSchema = z.object({ files: z.array(z.object({ url: z.string() })) });
const startedSchema = z.object({ id: z.string() });

function isRejected(thrown: unknown): thrown is DabirError {
  return thrown instanceof DabirError && thrown.code === 'engine_rejected';
}

/** Allows only HTTPS to a host name, or the service's own host, because a response may name any URL. */
function isFetchable(url: string, baseUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, host } = new URL(url);
  if (host === new URL(baseUrl).host) return true;
  return protocol === 'https:' && isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && hostname.includes('.');
}

/** The service does not know the generation; it may have been deleted there. */
function isUnknown(thrown: unknown): boolean {
  return thrown instanceof ServiceError && thrown.status === 404;
}
