import { join } from 'node:path';
import { pino } from 'pino';
import { createUsageRecorder } from '../../../src/app/run/usage-recorder.ts';
import { transcribeChunks } from '../../../src/app/transcribe/transcribe-chunks.ts';
import { mediaLimits } from '../../../src/compose/media-limits.ts';
import type { Engine } from '../../../src/domain/engine.ts';
import { transcriptText } from '../../../src/domain/transcript.ts';
import type { Job } from '../../../src/domain/transcription.ts';
import { createDecoder } from '../../../src/media/decoder.ts';
import { createDecoderProcesses } from '../../../src/media/decoder-processes.ts';
import type { Config } from '../../../src/runtime/config-schema.ts';
import { measureChildren } from './processes.ts';

const never = new AbortController().signal;
const log = pino({ level: 'silent' });

/** A transcript and what it took. */
export type Transcribed = {
  readonly text: string;
  /** Length of the audio, in seconds. */
  readonly seconds: number;
  /** Processor time of the engine's processes on this machine, in ms; NaN without /proc. */
  readonly processorMs: number;
  /** Peak memory of the engine's largest process, in bytes; NaN without /proc. */
  readonly maxBytes: number;
};

/** Interval between two looks at the memory, in ms. */
const lookMs = 1_000;

/** Does what a worker does for a file: decodes it, cuts it, has the engine transcribe the chunks, and joins them. */
export function createTranscriber(config: Config, folder: string) {
  // Without a pool, the decoding process ends before the engine is measured.
  const media = createDecoderProcesses({ poolSize: 0 });
  const decoder = createDecoder(media, mediaLimits(config, Number.MAX_SAFE_INTEGER));
  return {
    /** Decodes a file to a WAV file in the bench's folder, and returns its path. */
    async decode(path: string, name: string): Promise<string> {
      return (await decoder.decode(path, join(folder, name), never)).path;
    },
    /** @param language null: the engine detects it */
    async transcribe(engine: Engine, path: string, language: string | null): Promise<Transcribed> {
      const audio = await decoder.decode(path, join(folder, 'decoded.wav'), never);
      const before = await measureChildren();
      let maxBytes = before.maxBytes;
      const watch = setInterval(async () => {
        maxBytes = Math.max(maxBytes, (await measureChildren()).maxBytes);
      }, lookMs);
      try {
        const transcript = await transcribeChunks(
          { decoder, chunks: { list: async () => [], save: async () => true }, log },
          {
            engine,
            job: { id: 1, engine: engine.profile.id, language, hasChunks: false } as unknown as Job,
            audio,
            folder,
            usageRecorder: createUsageRecorder(engine.profile.id),
            signal: never,
            onProgress: () => undefined,
          },
        );
        const after = await measureChildren();
        return {
          text: transcriptText(transcript),
          seconds: audio.durationSeconds,
          processorMs: after.processorMs - before.processorMs,
          maxBytes: Math.max(maxBytes, after.maxBytes),
        };
      } finally {
        clearInterval(watch);
      }
    },
    close: () => media.close(),
  };
}
