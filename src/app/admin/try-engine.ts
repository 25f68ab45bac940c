import { join } from 'node:path';
import type { Engine } from '../../domain/engine.ts';
import { toDabirError } from '../../domain/errors.ts';
import { transcriptText } from '../../domain/transcript.ts';
import type { Decoder } from '../ports/media.ts';
import { transcribeChunk } from '../transcribe-chunk.ts';
import { createWorkFolder, removeWorkFolder } from '../work-folder.ts';
import type { EngineTests } from './operations.ts';

/** Maximum time for a test, in ms; the sample is about ten seconds long. */
const maxTestMs = 120_000;

/** Maximum length of the stored text, in UTF-16 units. */
const maxAnswerLength = 500;

/**
 * Runs the tests of engines that admins requested: the engine transcribes the sample. The test counts in the circuit,
 * so an engine at rest that passes it takes jobs again.
 * @param engines the engines of this worker
 * @param sample path of a Persian recording with speech in it
 */
export async function tryEngines(
  { decoder, engineTests }: { decoder: Decoder; engineTests: EngineTests },
  engines: readonly Engine[],
  sample: string,
  leaving: AbortSignal,
): Promise<void> {
  for (;;) {
    const asked = leaving.aborted ? null : await engineTests.take(engines.map(({ profile }) => profile.id));
    const engine = engines.find(({ profile }) => profile.id === asked?.engine);
    if (asked === null || engine === undefined) return;
    const signal = AbortSignal.any([leaving, AbortSignal.timeout(maxTestMs)]);
    const result = await hearSample(decoder, engine, sample, signal).then(
      (heard) => ({ heard: heard.slice(0, maxAnswerLength), error: null }),
      (thrown) => ({ heard: null, error: reasonOf(thrown, signal).slice(0, maxAnswerLength) }),
    );
    await engineTests.end(asked.id, result);
  }
}

async function hearSample(
  decoder: Decoder,
  engine: Engine,
  sample: string,
  signal: AbortSignal,
): Promise<string> {
  const readiness = engine.readiness();
  if (readiness.state === 'unavailable') throw new Error(readiness.reason);
  const { can, limits } = engine.profile;
  const folder = await createWorkFolder();
  try {
    await engine.whenReady(signal);
    const audio = await decoder.decode(sample, join(folder, 'decoded.wav'), signal);
    const end = Math.min(audio.durationSeconds, limits.partSeconds);
    const heard = await transcribeChunk(
      decoder,
      {
        engine,
        audio,
        folder,
        part: { start: 0, end, from: 0, to: end },
        format: limits.formats[0] ?? 'wav',
        language: can.detectsLanguage ? null : 'fa',
        checksLanguage: false,
      },
      { signal, onProgress: () => undefined, ticket: { value: null, keep: async () => undefined } },
    );
    return transcriptText(heard);
  } finally {
    await removeWorkFolder(folder);
  }
}

function reasonOf(thrown: unknown, signal: AbortSignal): string {
  if (signal.aborted) return `no answer within ${maxTestMs / 1000} s, or the worker stopped`;
  const { code, message } = toDabirError(thrown);
  return code === 'internal' ? message : `${code}: ${message}`;
}
