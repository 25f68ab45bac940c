import { join } from 'node:path';
import type { Engine } from '../../domain/engine.ts';
import { toDabirError } from '../../domain/errors.ts';
import { transcriptText } from '../../domain/transcript.ts';
import { forEachTask } from '../leased-tasks.ts';
import { logUnexpected } from '../log-error.ts';
import type { Log } from '../ports/log.ts';
import type { Decoder } from '../ports/media.ts';
import { transcribeChunk } from '../transcribe/transcribe-chunk.ts';
import { createWorkFolder, removeWorkFolder } from '../work-folder.ts';
import type { EngineTests } from './system-ports.ts';

/** Maximum time for a test, in ms; the sample is about ten seconds long. */
const maxTestMs = 120_000;

/** Maximum length of the stored text, in UTF-16 units. */
const maxStoredLength = 500;

/**
 * Runs the tests of engines that admins requested: the engine transcribes the sample. The test counts in the circuit,
 * so an engine at rest that passes it takes jobs again.
 * @param engines the engines of this worker
 * @param sample path of a Persian recording with speech in it
 */
export async function tryEngines(
  { decoder, engineTests, log }: { decoder: Decoder; engineTests: EngineTests; log: Log },
  engines: readonly Engine[],
  sample: string,
  leaving: AbortSignal,
): Promise<void> {
  await forEachTask(
    () => engineTests.lease(engines.map(({ profile }) => profile.id)),
    async ({ id, engine: name }) => {
      const engine = engines.find(({ profile }) => profile.id === name);
      if (engine === undefined) return;
      const signal = AbortSignal.any([leaving, AbortSignal.timeout(maxTestMs)]);
      await engineTests.end(id, await tryEngine({ decoder, log }, engine, sample, signal));
    },
    leaving,
  );
}

async function tryEngine(
  { decoder, log }: { decoder: Decoder; log: Log },
  engine: Engine,
  sample: string,
  signal: AbortSignal,
): Promise<Parameters<EngineTests['end']>[1]> {
  const readiness = engine.readiness();
  if (readiness.state === 'unavailable')
    return { text: null, error: readiness.reason.slice(0, maxStoredLength) };
  try {
    const text = await transcribeSample(decoder, engine, sample, signal);
    return { text: text.slice(0, maxStoredLength), error: null };
  } catch (thrown) {
    if (!signal.aborted) logUnexpected(log, { engine: engine.profile.id }, thrown, 'engine test failed');
    return { text: null, error: reasonOf(thrown, signal).slice(0, maxStoredLength) };
  }
}

async function transcribeSample(
  decoder: Decoder,
  engine: Engine,
  sample: string,
  signal: AbortSignal,
): Promise<string> {
  const { can, limits } = engine.profile;
  const folder = await createWorkFolder();
  try {
    await engine.whenReady(signal);
    const audio = await decoder.decode(sample, join(folder, 'decoded.wav'), signal);
    const end = Math.min(audio.durationSeconds, limits.maxChunkSeconds);
    const transcript = await transcribeChunk(
      decoder,
      {
        engine,
        audio,
        folder,
        chunk: { start: 0, end, from: 0, to: end },
        format: limits.formats[0] ?? 'wav',
        language: can.detectsLanguage ? null : 'fa',
        checksLanguage: false,
        isLanguageGuessed: false,
      },
      { signal, onProgress: () => undefined, ticket: { value: null, save: async () => undefined } },
    );
    return transcriptText(transcript);
  } finally {
    await removeWorkFolder(folder);
  }
}

function reasonOf(thrown: unknown, signal: AbortSignal): string {
  if (signal.aborted) return `no answer within ${maxTestMs / 1000} s, or the worker stopped`;
  const { code, message } = toDabirError(thrown);
  return code === 'internal' ? message : `${code}: ${message}`;
}
