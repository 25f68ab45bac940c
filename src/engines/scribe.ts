import { isIP } from 'node:net';
import { z } from 'zod';
import type { AudioPart, Engine, EngineProfile, PartTranscript } from '../domain/engine.ts';
import { engineNames } from '../domain/engine-names.ts';
import { DabirError } from '../domain/errors.ts';
import { scribeSchema, toTranscript } from './elevenlabs.ts';
import { createHttpClient } from './http/client.ts';
import { uploadForm } from './http/upload.ts';
import { Final, poll } from './poll.ts';
import { type RemoteSettings, remoteEngine } from './remote-engine.ts';
import { nonsense, optionalNumber, optionalText, readReply } from './replies.ts';
import { untimedSegments } from './words-to-segments.ts';

/** MetisAI asks for at least 5 s between two questions. */
const usualPollMs = 5_000;
const shortMs = 30_000;

/**
 * SCRIBE: ElevenLabs' models through MetisAI. A file is stored there, a generation started on its address and asked for
 * until it is done; its text may be in four places.
 * @param pollMs between two questions whether it is done
 */
export function createScribeEngine(settings: RemoteSettings, pollMs = usualPollMs): Engine {
  const { baseUrl, token, model, timeoutMs } = settings;
  const secrets = [token];
  const headers = { authorization: `Bearer ${token}` };
  const client = createHttpClient({ baseUrl, headers, secrets, timeoutMs });
  // The text's own address needs no token, and gets none.
  const plain = createHttpClient({ baseUrl, headers: {}, secrets, timeoutMs });

  const store = async (part: AudioPart, signal: AbortSignal): Promise<string> => {
    const form = () => uploadForm('files', part, []);
    const reply = await client.send({ method: 'POST', path: '/api/v1/storage', form }, signal);
    const [file] = readReply(reply, storedSchema, client).files;
    if (file === undefined) throw nonsense('without a file', reply, client);
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
    // Which field it wants is not documented: `file` is what it takes now, the others it took once.
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
      throw new Final(
        'engine_failed',
        `the generation ended: ${client.clean(JSON.stringify(generation.error ?? generation.status))}`,
      );
    }
    if (generation.percentage != null) onProgress(Math.min(0.99, generation.percentage / 100));
    return null;
  };
  const fetchText = async (url: string, signal: AbortSignal): Promise<string> => {
    if (!isFetchable(url, baseUrl))
      throw new DabirError('engine_failed', 'the text is at an address that is not fetched');
    const { json, text } = await plain.send({ method: 'GET', path: url, timeoutMs: shortMs }, signal);
    return typeof json === 'string' ? json : text;
  };

  return remoteEngine(profileOf(settings), {
    async transcribe(part, { language }, { signal, onProgress, ticket }) {
      let id = ticket.value;
      if (id === null) {
        id = await start(await store(part, signal), signal);
        await ticket.keep(id);
      }
      const known = id;
      try {
        const times = { everyMs: pollMs, timeoutMs };
        const { generation, reply } = await poll(() => check(known, onProgress, signal), times, signal);
        const heard = await readGeneration(generation, (url) => fetchText(url, signal), part, language);
        if (heard === null) throw nonsense('without a text', reply, client);
        const usd = generation.usage?.cost;
        return { ...heard, cost: usd == null ? null : { amount: usd, currency: 'USD' } };
      } catch (thrown) {
        // Work that has failed there is not asked for again.
        if (thrown instanceof Final || isUnknown(thrown)) await ticket.keep(null);
        throw thrown;
      }
    },
    async close() {
      await Promise.all([client.close(), plain.close()]);
    },
  });
}

function profileOf({ baseUrl, pricePerMinute, parallelParts }: RemoteSettings): EngineProfile {
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
    limits: { partSeconds: 1800, partBytes: 100_000_000, formats: ['mp3', 'ogg', 'wav'], parallelParts },
    price: pricePerMinute === null ? null : { perMinute: pricePerMinute, currency: 'USD' },
    privacy: { destination: new URL(baseUrl).host, keeps: 'unknown' },
    slowestPace: 4,
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

/** The text from wherever it is: the first generation, the address that it names, the answer of the model below. */
async function readGeneration(
  { generations, rawResponse }: z.infer<typeof generationSchema>,
  fetchText: (url: string) => Promise<string>,
  part: AudioPart,
  asked: string | null,
): Promise<PartTranscript | null> {
  const [first] = generations ?? [];
  // Words with times are worth more than the same text without them, wherever they are.
  const detailed = [rawResponse, first?.content, first?.text].map(readScribe).find((known) => known !== null);
  if (detailed?.words?.length) return toTranscript(detailed, part.durationSeconds, asked);
  const plain = [first?.content, first?.text].find((text) => typeof text === 'string');
  const text =
    plain ??
    (first?.url != null ? await fetchText(first.url) : undefined) ??
    detailed?.text ??
    textOf(rawResponse);
  if (text === undefined) return null;
  const segments = untimedSegments(text, part.durationSeconds);
  return { language: asked, languageProbability: null, segments, cost: null };
}

/** The model's own answer, an object or a JSON text of one; null when it is neither. */
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

/** An address that a service names may lead anywhere: only HTTPS by a name, or the service's own host. */
function isFetchable(url: string, baseUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, host } = new URL(url);
  if (host === new URL(baseUrl).host) return true;
  return protocol === 'https:' && isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && hostname.includes('.');
}

/** It does not know the generation: perhaps it was cleared away. */
function isUnknown(thrown: unknown): boolean {
  return thrown instanceof DabirError && /answered 404/.test(thrown.message);
}
