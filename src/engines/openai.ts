import { z } from 'zod';
import type {
  AudioPart,
  Engine,
  EngineProfile,
  PartTranscript,
  TranscribeOptions,
} from '../domain/engine.ts';
import { engineNames } from '../domain/engine-names.ts';
import { DabirError } from '../domain/errors.ts';
import type { Segment } from '../domain/transcript.ts';
import { createHttpClient, type HttpReply, wordsOf } from './http/client.ts';
import { failureOf } from './http/failures.ts';
import { uploadForm } from './http/upload.ts';
import { toLanguageCode } from './language-code.ts';
import { isLoopback } from './loopback.ts';
import { type RemoteSettings, remoteEngine } from './remote-engine.ts';
import { optionalNumber, optionalText, readReply } from './replies.ts';
import { untimedSegments } from './words-to-segments.ts';

/** Where OpenAI's own service is. */
export const openAiBaseUrl = 'https://api.openai.com';

/** For a question that is answered at once, in milliseconds. */
const shortMs = 10_000;

/** How much a server can tell: words and segments, segments with speakers, or text alone. */
type ResponseFormat = 'verbose_json' | 'diarized_json' | 'json';

/**
 * OpenAI, or any server that speaks its language: speaches, the whisper.cpp server, LocalAI. What one of them does not
 * know is left out of the next request.
 */
export function createOpenAiEngine(settings: RemoteSettings): Engine {
  const root = settings.baseUrl.replace(/\/v1$/, '');
  const isOwn = isLoopback(root);
  const client = createHttpClient({
    baseUrl: root,
    headers: settings.token === null ? {} : { authorization: `Bearer ${settings.token}` },
    secrets: [settings.token],
    timeoutMs: settings.timeoutMs,
  });
  let format = formatOf(settings.model);
  let unnamed: Promise<'auto' | null> | undefined;
  /** What to send for "find out": the whisper.cpp server takes English for granted, others find out by themselves. */
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
  const ask = async (part: AudioPart, options: TranscribeOptions, signal: AbortSignal) => {
    const language = options.language ?? (await unnamedLanguage(signal));
    const fields = fieldsOf(settings.model, format, { ...options, language });
    const form = () => uploadForm('file', part, fields);
    return client.ask({ method: 'POST', path: '/v1/audio/transcriptions', form }, signal);
  };

  return remoteEngine(profileOf(settings, root, isOwn), {
    async transcribe(part, options, { signal }) {
      let reply = await ask(part, options, signal);
      if (format !== 'json' && refusesFormat(reply)) {
        // What this server has refused once is not asked of it again.
        format = 'json';
        reply = await ask(part, options, signal);
      }
      if (reply.status < 200 || reply.status >= 300) throw refusal(reply, client.clean(wordsOf(reply)));
      return toTranscript(readReply(reply, replySchema, client), part, options.language);
    },
    async probe(signal) {
      await client.send({ method: 'GET', path: '/v1/models', timeoutMs: shortMs }, signal);
      return { credit: null };
    },
    close: () => client.close(),
  });
}

const isOpenAi = (root: string) => root === openAiBaseUrl;

function refusesFormat({ status, text }: HttpReply): boolean {
  return (status === 400 || status === 422) && /response_format|timestamp_granularities|diarized/i.test(text);
}

function fieldsOf(
  model: string,
  format: ResponseFormat,
  { language, hotwords }: TranscribeOptions,
): [string, string][] {
  const fields: [string, string][] = [
    ['model', model],
    ['response_format', format],
  ];
  if (format === 'verbose_json') fields.push(...granularities);
  if (format === 'diarized_json') fields.push(['chunking_strategy', 'auto']);
  if (language !== null) fields.push(['language', language]);
  if (hotwords.length > 0 && format !== 'diarized_json') fields.push(['prompt', hotwords.join(', ')]);
  return fields;
}

const granularities: [string, string][] = [
  ['timestamp_granularities[]', 'segment'],
  ['timestamp_granularities[]', 'word'],
];

/** What OpenAI's own models can; servers of one's own mostly run Whisper, which tells everything. */
function formatOf(model: string): ResponseFormat {
  if (/diarize/.test(model)) return 'diarized_json';
  return /^gpt-/.test(model) ? 'json' : 'verbose_json';
}

function profileOf(
  { model, pricePerMinute, parallelParts }: RemoteSettings,
  root: string,
  isOwn: boolean,
): EngineProfile {
  const format = formatOf(model);
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
      speakers: format === 'diarized_json',
      hotwords: format !== 'diarized_json',
      translation: false,
    },
    limits: {
      // gpt-4o models refuse more than 1,400 s; ten minutes keep a slow server's answer within its time.
      partSeconds: 600,
      // 25 MB for the whole request at OpenAI (413 at 26,214,400 bytes).
      partBytes: 25_000_000,
      // All of them read FLAC; Opus in Ogg is not read by every server of one's own.
      formats: isOpenAi(root) ? ['ogg', 'flac', 'mp3', 'wav'] : ['flac', 'mp3', 'wav'],
      parallelParts,
    },
    price: pricePerMinute === null ? null : { perMinute: pricePerMinute, currency: 'USD' },
    privacy: { destination: isOwn ? null : host, keeps: isOwn ? 'nothing' : 'unknown' },
    // A server of one's own may run on a slow processor.
    slowestPace: isOpenAi(root) ? 2 : 12,
  };
}

function refusal(reply: HttpReply, words: string): DabirError {
  const failure = failureOf({ ...reply, words });
  // OpenAI says 429 both for "too fast", which passes, and for "no money left", which does not.
  if (reply.status === 429 && /insufficient_quota|billing/i.test(reply.text)) {
    return new DabirError('engine_unavailable', failure.message, { retryable: false });
  }
  return failure;
}

const wordSchema = z.object({
  word: optionalText,
  // LocalAI's name for it.
  text: optionalText,
  start: z.number(),
  end: z.number(),
  probability: optionalNumber,
});

const segmentSchema = z.object({
  start: z.number(),
  end: z.number(),
  text: z.string(),
  speaker: optionalText,
  avg_logprob: optionalNumber,
  no_speech_prob: optionalNumber,
  compression_ratio: optionalNumber,
  words: z.array(wordSchema).nullish().catch(null),
});

const replySchema = z.object({
  text: z.string(),
  language: optionalText,
  // gpt-transcribe names all that it heard, or none.
  languages: z.array(z.string()).nullish().catch(null),
  segments: z.array(segmentSchema).nullish().catch(null),
  words: z.array(wordSchema).nullish().catch(null),
});

function toTranscript(
  reply: z.infer<typeof replySchema>,
  part: AudioPart,
  asked: string | null,
): PartTranscript {
  const segments = reply.segments ?? [];
  const words = reply.words ?? segments.flatMap((segment) => segment.words ?? []);
  return {
    language: toLanguageCode(reply.language ?? reply.languages?.[0]) ?? asked,
    languageProbability: null,
    segments:
      segments.length === 0
        ? untimedSegments(reply.text, part.durationSeconds)
        : segments.map((segment, index) => toSegment(segment, words, segments[index + 1]?.start)),
    cost: null,
  };
}

function toSegment(
  segment: z.infer<typeof segmentSchema>,
  words: readonly z.infer<typeof wordSchema>[],
  next: number | undefined,
): Segment {
  const { start, end, text, speaker } = segment;
  // Words stand beside the segments; each belongs to the segment in which its middle lies.
  const own = words.filter((word) => {
    const middle = (word.start + word.end) / 2;
    return middle >= start && middle < Math.max(end, Math.min(next ?? end, end + 0.5));
  });
  return {
    start,
    end,
    text: text.trim(),
    words: own.flatMap((word) => {
      const spoken = (word.word ?? word.text ?? '').trim();
      return spoken === ''
        ? []
        : [{ text: spoken, start: word.start, end: word.end, probability: word.probability ?? null }];
    }),
    averageLogProbability: segment.avg_logprob ?? null,
    noSpeechProbability: segment.no_speech_prob ?? null,
    compressionRatio: segment.compression_ratio ?? null,
    ...(speaker == null ? {} : { speaker }),
  };
}
