import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Log } from '../../app/ports/log.ts';
import type { SpeakerFinder } from '../../app/ports/speakers.ts';
import { DabirError } from '../../domain/errors.ts';
import type { SpeakerTurn } from '../../domain/speaker-turns.ts';
import { waitOrAbort } from '../../lib/wait-or-abort.ts';
import { isolated, runWithParent } from '../local/run-command.ts';
import type { SpeakerFinderConfig } from './configuration.ts';
import { provideSpeakerProgram, type SpeakerProgram } from './speaker-program.ts';

/** Parts that tests replace. */
export type SpeakerFinderDependencies = {
  readonly provide?: typeof provideSpeakerProgram;
  /** Time after a failed set-up in which none is tried, in ms. */
  readonly retryMs?: number;
};

const script = fileURLToPath(new URL('find_turns.py', import.meta.url));

/** Without it, every recording would wait for a network that stays closed. */
const usualRetryMs = 10 * 60_000;
/** Maximum length of the reason that is logged, in characters; pip's output can be long. */
const maxReasonLength = 600;

/** Events of the child process; find_turns.py has the other side. */
const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), fraction: z.number() }),
  z.object({ type: z.literal('turn'), start: z.number(), end: z.number(), speaker: z.number() }),
  z.object({
    type: z.literal('done'),
    speakers: z.number(),
    cpu_seconds: z.number(),
    peak_bytes: z.number().nullable(),
  }),
]);

type DoneEvent = z.infer<typeof eventSchema> & { type: 'done' };

/**
 * Creates the finder of speakers. Nothing is set up before the first recording. Recordings are worked on one at a time,
 * because each takes all cores, and 300 MB.
 */
export function createSpeakerFinder(
  config: SpeakerFinderConfig,
  log: Log,
  { provide = provideSpeakerProgram, retryMs = usualRetryMs }: SpeakerFinderDependencies = {},
): SpeakerFinder {
  const closing = new AbortController();
  const threads = config.threads ?? availableParallelism();
  let setUp: Promise<SpeakerProgram | null> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  /** Chains the recordings. */
  let last: Promise<unknown> = Promise.resolve();

  const setUpOnce = (): Promise<SpeakerProgram | null> => {
    if (performance.now() - failedAt < retryMs) return Promise.resolve(null);
    setUp ??= provide(config, closing.signal).catch((error: Error) => {
      setUp = undefined;
      failedAt = performance.now();
      const reason = error.message.replace(/\s+/g, ' ').slice(0, maxReasonLength);
      log.warn({ reason }, 'speakers cannot be told apart on this machine');
      return null;
    });
    return setUp;
  };

  const run: SpeakerFinder['find'] = async (audio, count, hooks) => {
    const signal = AbortSignal.any([hooks.signal, closing.signal]);
    signal.throwIfAborted();
    const program = await waitOrAbort(setUpOnce(), signal);
    if (program === null) return null;
    const given = count === null ? [] : ['--count', String(count)];
    const parameters = ['--models', program.models, '--threads', String(threads), ...given, audio.path];
    const turns: SpeakerTurn[] = [];
    let done: DoneEvent | undefined;
    try {
      await runWithParent(program.python, [...isolated, script, ...parameters], {
        signal,
        onLine(line) {
          const event = parseEvent(line);
          if (event?.type === 'turn') turns.push(event);
          else if (event?.type === 'progress') hooks.onProgress(event.fraction);
          else if (event !== null) done = event;
        },
      });
    } catch (error) {
      signal.throwIfAborted();
      // Part of the installation may be gone.
      setUp = undefined;
      throw new DabirError('engine_failed', `speakers: ${(error as Error).message}`);
    }
    if (done === undefined)
      throw new DabirError('engine_failed', 'speakers: the program ended without a result');
    log.info(
      {
        speakers: done.speakers,
        audioSeconds: Math.round(audio.durationSeconds),
        cpuSeconds: done.cpu_seconds,
        peakMegabytes: Math.round((done.peak_bytes ?? 0) / 2 ** 20),
      },
      'speakers told apart',
    );
    return turns;
  };

  return {
    find(audio, count, hooks) {
      if (!config.isOn) return Promise.resolve(null);
      const result = last.then(() => run(audio, count, hooks));
      last = result.catch(() => undefined);
      return waitOrAbort(result, hooks.signal);
    },
    async close() {
      closing.abort(new DabirError('engine_unavailable', 'the worker is closing'));
      await last;
      await setUp;
    },
  };
}

/** Returns an event; null for a line that is none. */
function parseEvent(line: string): z.infer<typeof eventSchema> | null {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
