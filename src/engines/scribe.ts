import { isIP } from 'node:net';
import { z } from 'zod';
import type { AudioChunk, ChunkTranscript, Engine, EngineProfile } from '../domain/engine.ts';
import { engineNames } from '../domain/engine-names.ts';
import { DabirError } from '../domain/errors.ts';
import { scribeSchema, toTranscript } from './elevenlabs.ts';
import { createHttpClient } from './http/client.ts';
import { ServiceError } from './http/failures.ts';
import { uploadForm } from './http/upload.ts';
import { FinalError, pollResult } from './poll.ts';
import { createNonsenseError, optionalNumber, optionalText, readReply } from './read-reply.ts';
import { createRemoteEngine, type RemoteSettings } from './remote-engine.ts';
import { untimedSegments } from './words-to-segments.ts';

/** MetisAI requires at least 5 s between status requests. */
const usualPollMs = 5_000;
const shortMs = 30_000;

/**
 * Creates the engine for SCRIBE: ElevenLabs' models through MetisAI. A file is uploaded, a generation is started
 * with its URL and polled until it ends; its text may be in one of four fields.
 * @param pollMs time between two status requests, in ms
 */
export function createScribeEngine(settings: RemoteSettings, pollMs = usualPollMs): Engine {
  const { baseUrl, token, model, timeoutMs } = settings;
  const secrets = [token];
  const headers = { authorization: `Bearer ${token}` };
  const client = createHttpClient({ baseUrl, headers, secrets, timeoutMs });
  // The URL of the text needs no token, so it gets none.
  const plain = createHttpClient({ baseUrl, headers: {}, secrets, timeoutMs });

  const store = async (chunk: AudioChunk, signal: AbortSignal): Promise<string> => {
    const form = () => uploadForm('files', chunk, []);
    const reply = await client.send({ method: 'POST', path: '/api/v1/storage', form }, signal);
    const [file] = readReply(reply, storedSchema, client).files;
    if (file === undefined) throw createNonsenseError('without a file', reply, client);
    return file.url;
  };
  const start = async (url: string, signal: AbortSignal): Promise<string> => {
    const generate = (args: object) =>
      client.send(
        {
          method: 'POST',
          path: '/api/v2/generate',
          json: { model: { name: 'elevenlabs', model }, operation: 'STT', args },
          timeoutMs: shortMs,
        },
        signal,
      );
    // The field's name is not documented: `file` works now, and the others worked once.
    const reply = await generate({ file: url }).catch((error) => {
      if (!(error instanceof DabirError) || error.code !== 'engine_rejected') throw error;
      return generate({ url, audio_url: url, file: url, audio: url, source: url, file_url: url });
    });
    return readReply(reply, startedSchema, client).id;
  };
  const check = async (id: string, onProgress: (fraction: number) => void, signal: AbortSignal) => {
    const path = `/api/v2/generate/${encodeURIComponent(id)}`;
    const reply = await client.send({ method: 'GET', path, timeoutMs: shortMs }, signal);
    const generation = readReply(reply, generationSchema, client);
    if (/^completed$/i.test(generation.status)) return { generation, reply };
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

  return createRemoteEngine(profileOf(settings), {
    async transcribe(chunk, { language }, { signal, onProgress, ticket }) {
      let id = ticket.value;
      if (id === null) {
        id = await start(await store(chunk, signal), signal);
        await ticket.save(id);
      }
      const known = id;
      try {
        const times = { everyMs: pollMs, timeoutMs };
        const { generation, reply } = await pollResult(() => check(known, onProgress, signal), times, signal);
        const transcript = await readGeneration(generation, (url) => fetchText(url, signal), chunk, language);
        if (transcript === null) throw createNonsenseError('without a text', reply, client);
        const usd = generation.usage?.cost;
        return { ...transcript, cost: usd == null ? null : { amount: usd, currency: 'USD' } };
      } catch (thrown) {
        // A failed generation is not polled again.
        if (thrown instanceof FinalError || isUnknown(thrown)) await ticket.save(null);
        throw thrown;
      }
    },
    async close() {
      await Promise.all([client.close(), plain.close()]);
    },
  });
}

function profileOf({ baseUrl, pricePerMinute, maxParallelChunks }: RemoteSettings): EngineProfile {
  return {
    id: 'scribe',
    kind: 'remote',
    name: engineNames.scribe,
    can: {
      languages: 'any',
      detectsLanguage: true,
      times: 'words',
      confidences: true,
      speakers: true,
      hotwords: false,
      translation: false,
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
const generationSchema = z.object({
  status: z.string(),
  percentage: optionalNumber,
  generations: z
    .array(z.object({ content: z.unknown().optional(), text: z.unknown().optional(), url: optionalText }))
    .nullish()
    .catch(null),
  rawResponse: z.unknown().optional(),
  error: z.unknown().optional(),
  usage: z.object({ cost: optionalNumber }).nullish().catch(null),
});

/** Reads the text from the first generation, the URL that it names, or the raw reply of the model. */
async function readGeneration(
  { generations, rawResponse }: z.infer<typeof generationSchema>,
  fetchText: (url: string) => Promise<string>,
  chunk: AudioChunk,
  asked: string | null,
): Promise<ChunkTranscript | null> {
  const [first] = generations ?? [];
  // Words with times are preferred to plain text in any field.
  const detailed = [rawResponse, first?.content, first?.text].map(readScribe).find((known) => known !== null);
  if (detailed?.words?.length) return toTranscript(detailed, chunk.durationSeconds, asked);
  const plain = [first?.content, first?.text].find((text) => typeof text === 'string');
  const text =
    plain ??
    (first?.url != null ? await fetchText(first.url) : undefined) ??
    detailed?.text ??
    textOf(rawResponse);
  if (text === undefined) return null;
  const segments = untimedSegments(text, chunk.durationSeconds);
  return { language: asked, languageProbability: null, segments, cost: null };
}

/** Parses the model's own reply, an object or its JSON text; null if it is neither. */
function readScribe(value: unknown): z.infer<typeof scribeSchema> | null {
  const parsed = scribeSchema.safeParse(typeof value === 'string' ? parseJson(value) : value);
  return parsed.success ? parsed.data : null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && parseJson(value) === undefined ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Allows only HTTPS to a host name, or the service's own host, because a reply may name any URL. */
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
