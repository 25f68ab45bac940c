import { z } from 'zod';
import type { AudioChunk, Engine, EngineProfile, Ticket } from '../domain/engine.ts';
import { engineNames } from '../domain/engine-names.ts';
import { DabirError } from '../domain/errors.ts';
import { JobAborted } from '../domain/job-aborted.ts';
import { createHttpClient, type HttpClient } from './http/client.ts';
import { createAccountError } from './http/failures.ts';
import { createFieldsForm, uploadForm } from './http/upload.ts';
import { FinalError, pollResult } from './poll.ts';
import { optionalText, readResponse } from './read-response.ts';
import { createRemoteEngine, type RemoteSettings } from './remote-engine.ts';
import { untimedSegments } from './words-to-segments.ts';

const path = '/api/ocr/getway';
/** Timeout of requests with a quick response, in ms. */
const shortMs = 30_000;
/** EBOO's own clients poll every 2 to 5 s. */
const usualPollMs = 3_000;

/**
 * Creates the engine for EBOO. Its API has one address; the token is a field of each form, and errors are a
 * Status in a 200 response. A file goes through addfile, convert and checkconvert, and is deleted at the end.
 * @param pollMs time between two status requests, in ms
 */
export function createEbooEngine(settings: RemoteSettings, pollMs = usualPollMs): Engine {
  const { token, baseUrl, timeoutMs } = settings;
  const client = createHttpClient({ baseUrl, headers: {}, secrets: [token], timeoutMs });
  const fields = (command: string, more: readonly (readonly [string, string])[] = []) =>
    [['token', token ?? ''], ['command', command], ...more] as const;
  const send = (command: string, more: readonly (readonly [string, string])[], signal: AbortSignal) =>
    client.send(
      { method: 'POST', path, form: async () => createFieldsForm(fields(command, more)), timeoutMs: shortMs },
      signal,
    );
  const ask = async (command: string, file: string, signal: AbortSignal) =>
    readResponse(await send(command, [['filetoken', file]], signal), responseSchema, client);

  const add = async (chunk: AudioChunk, signal: AbortSignal): Promise<string> => {
    const form = () => uploadForm('filehandle', chunk, fields('addfile'));
    const sent = await client.send({ method: 'POST', path, form }, signal);
    const response = readResponse(sent, responseSchema, client);
    if (response.FileToken) return response.FileToken;
    throw (
      refusal(response.Status, client) ??
      new DabirError('engine_failed', `addfile: ${client.clean(response.Status)}`)
    );
  };
  const convert = async (file: string, signal: AbortSignal) => {
    const more = [
      ['filetoken', file],
      ['language', 'fa'],
    ] as const;
    const { Status } = readResponse(await send('convert', more, signal), responseSchema, client);
    const error = refusal(Status, client);
    if (error !== null) throw error;
  };
  const check = async (file: string, onProgress: (fraction: number) => void, signal: AbortSignal) => {
    const { Status, Progress, Output } = await ask('checkconvert', file, signal);
    if (/finished/i.test(Status)) return Output ?? '';
    const error = refusal(Status, client);
    if (error !== null) throw error;
    const percent = Number.parseFloat(Progress ?? '');
    if (percent >= 0) onProgress(Math.min(0.99, percent / 100));
    return null;
  };
  /** Ignores failures: a file that stays at the service harms no transcription. */
  const remove = async (file: string) => {
    await ask('deletefile', file, AbortSignal.timeout(shortMs)).catch(() => undefined);
  };

  return createRemoteEngine(profileOf(settings), {
    async transcribe(chunk, _options, { signal, onProgress, ticket }) {
      const job = readTicket(ticket);
      const file = job?.file ?? (await add(chunk, signal));
      try {
        if (job === null) await ticket.save(`added ${file}`);
        if (job?.stage !== 'started') {
          await convert(file, signal);
          await ticket.save(`started ${file}`);
        }
        const text = await pollResult(
          () => check(file, onProgress, signal),
          { everyMs: pollMs, timeoutMs },
          signal,
        );
        await remove(file);
        const segments = untimedSegments(text, chunk.durationSeconds);
        return { language: 'fa', languageProbability: null, segments, cost: null };
      } catch (thrown) {
        // When this process stops, another one continues with the file; after a cancellation the ticket is
        // no longer needed.
        const goesOn =
          signal.aborted && signal.reason instanceof JobAborted && signal.reason.reason !== 'cancel';
        if (!goesOn && (signal.aborted || thrown instanceof DabirError)) {
          if (!signal.aborted) await ticket.save(null);
          void remove(file);
        }
        throw thrown;
      }
    },
    async probe(signal) {
      const { AudioTranscribeCredit: seconds, Status } = readResponse(
        await send('checkcredit', [], signal),
        creditSchema,
        client,
      );
      const error = refusal(Status ?? '', client);
      if (error !== null) throw error;
      return { credit: seconds == null ? null : `${seconds} s` };
    },
    close: () => client.close(),
  });
}

function profileOf({ baseUrl, pricePerMinute, maxParallelChunks }: RemoteSettings): EngineProfile {
  return {
    id: 'eboo',
    kind: 'remote',
    name: engineNames.eboo,
    can: {
      languages: ['fa'],
      detectsLanguage: false,
      times: 'none',
      confidences: false,
      speakers: false,
      hotwords: false,
      translation: false,
    },
    // EBOO documents no limit; its clients stop waiting after 30 minutes. It returns no times, so only a chunk's
    // position is known.
    limits: { maxChunkSeconds: 300, maxChunkBytes: 100_000_000, formats: ['mp3', 'wav'], maxParallelChunks },
    price: pricePerMinute === null ? null : { perMinute: pricePerMinute, currency: 'IRT' },
    privacy: { destination: new URL(baseUrl).host, keeps: 'deleted' },
    maxRealTimeFactor: 6,
  };
}

const responseSchema = z.object({
  Status: z.string(),
  FileToken: optionalText,
  Progress: optionalText,
  Output: optionalText,
});

const creditSchema = z.object({
  AudioTranscribeCredit: z.union([z.string(), z.number()]).nullish(),
  Status: optionalText,
});

/** Maps a Status (in EBOO's spelling) to an error; null if the file is still in progress. */
function refusal(status: string, { clean }: Pick<HttpClient, 'clean'>): DabirError | null {
  const words = `EBOO says ${clean(status)}`;
  if (/TokenNotFound|MethodNotAllowed|IPError|NoEnoughCredit/i.test(status)) return createAccountError(words);
  if (/FileCorrupted|UnkwonURL|UnknowMethod/i.test(status)) return new DabirError('engine_rejected', words);
  if (/UploadFailed|FileDeletedFromServer|ConvertError|ConvertFailed/i.test(status)) {
    return new FinalError('engine_failed', words);
  }
  return null;
}

function readTicket({ value }: Ticket): { stage: string; file: string } | null {
  const [stage, file] = value?.split(' ') ?? [];
  return stage === undefined || file === undefined ? null : { stage, file };
}
