import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Log } from '../../app/ports/log.ts';
import type { SpeakerFinder } from '../../app/ports/speakers.ts';
import type { DecodedAudio } from '../../domain/engine.ts';
import { DabirError } from '../../domain/errors.ts';
import type { SpeakerTurn } from '../../domain/speaker-turns.ts';
import type { Voice } from '../../domain/voice-match.ts';
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

const scripts = {
  find: fileURLToPath(new URL('find_turns.py', import.meta.url)),
  describe: fileURLToPath(new URL('describe_voice.py', import.meta.url)),
};

/** Without it, every recording would wait for a network that stays closed. */
const usualRetryMs = 10 * 60_000;
/** Maximum length of the reason that is logged, in characters; pip's output can be long. */
const maxReasonLength = 600;
/** Maximum number of ranges of a voice. */
const maxRanges = 200;

/** Events of the child processes; find_turns.py and describe_voice.py have the other side. */
const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), fraction: z.number() }),
  z.object({ type: z.literal('turn'), start: z.number(), end: z.number(), speaker: z.number() }),
  z.object({ type: z.literal('voice'), speaker: z.number(), voice: z.array(z.number()) }),
  z.object({ type: z.literal('described'), voice: z.array(z.number()).nullable(), pieces: z.number() }),
  z.object({
    type: z.literal('done'),
    speakers: z.number(),
    cpu_seconds: z.number(),
    peak_bytes: z.number().nullable(),
  }),
]);

type Event = z.infer<typeof eventSchema>;

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

  /** Runs a program on a recording. Resolves to false if voices cannot be told apart on this machine. */
  const run = async (
    script: string,
    audio: DecodedAudio,
    options: readonly string[],
    stop: AbortSignal,
    onEvent: (event: Event) => void,
  ): Promise<boolean> => {
    const signal = AbortSignal.any([stop, closing.signal]);
    signal.throwIfAborted();
    const program = await waitOrAbort(setUpOnce(), signal);
    if (program === null) return false;
    const parameters = ['--models', program.models, '--threads', String(threads), ...options, audio.path];
    try {
      await runWithParent(program.python, [...isolated, script, ...parameters], {
        signal,
        onLine(line) {
          const event = parseEvent(line);
          if (event !== null) onEvent(event);
        },
      });
      return true;
    } catch (error) {
      signal.throwIfAborted();
      // Part of the installation may be gone.
      setUp = undefined;
      throw new DabirError('engine_failed', `speakers: ${(error as Error).message}`);
    }
  };

  const find: SpeakerFinder['find'] = async (audio, count, { signal, onProgress, describesVoices }) => {
    const options = [
      ...(count === null ? [] : ['--count', String(count)]),
      ...(describesVoices ? ['--voices'] : []),
    ];
    const turns: SpeakerTurn[] = [];
    const voices = new Map<number, Voice>();
    let done: (Event & { type: 'done' }) | undefined;
    const isRun = await run(scripts.find, audio, options, signal, (event) => {
      if (event.type === 'turn') turns.push(event);
      else if (event.type === 'voice') voices.set(event.speaker, event.voice);
      else if (event.type === 'progress') onProgress(event.fraction);
      else if (event.type === 'done') done = event;
    });
    if (!isRun) return null;
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
    return { turns, voices };
  };

  const describe: SpeakerFinder['describe'] = async (audio, ranges, signal) => {
    // The longest ones hold enough speech, and a command line has a limit (32,767 characters on Windows).
    const chosen = ranges.toSorted((a, b) => b.end - b.start - (a.end - a.start)).slice(0, maxRanges);
    const spans = JSON.stringify(chosen.map(({ start, end }) => [start, end]));
    let voice: Voice | null | undefined;
    const isRun = await run(scripts.describe, audio, ['--ranges', spans], signal, (event) => {
      if (event.type === 'described') voice = event.voice;
    });
    if (!isRun) return 'unavailable';
    if (voice === undefined)
      throw new DabirError('engine_failed', 'speakers: the program ended without a result');
    return voice;
  };

  /** Does some work after that for other recordings. */
  const inTurn = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return waitOrAbort(result, signal);
  };

  return {
    async find(audio, count, hooks) {
      return config.isOn ? inTurn(hooks.signal, () => find(audio, count, hooks)) : null;
    },
    async describe(audio, ranges, signal) {
      return config.isOn ? inTurn(signal, () => describe(audio, ranges, signal)) : 'unavailable';
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
