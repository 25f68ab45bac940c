import type { Engine } from '../../domain/engine.ts';
import { toDabirError } from '../../domain/errors.ts';
import { JobAborted } from '../../domain/job-aborted.ts';

/** Number of failures in a row that open the circuit. */
const failuresToOpen = 5;

/** First rest, in ms. Each failed trial doubles the rest, up to the longest. */
const firstRestMs = 30_000;
const maxRestMs = 5 * 60_000;

/**
 * Keeps transcriptions away from an engine that fails. A closed circuit lets all of them through, an open one none, and
 * a half-open one a single trial. Transcriptions wait in their lanes instead of using up their attempts.
 */
export type Circuit = {
  readonly state: 'closed' | 'open' | 'half-open';
  /** Time since the circuit was last closed, in ms, including all failed trials; null while it is closed. */
  readonly openMs: number | null;
  succeeded(): void;
  failed(): void;
  /** Stops the timer after which an open circuit becomes half-open. */
  stop(): void;
};

/**
 * Creates a closed circuit.
 * @param changed called after each change of state
 * @param restMs first rest, in ms
 */
export function createCircuit(changed: (state: Circuit['state']) => void, restMs = firstRestMs): Circuit {
  let state: Circuit['state'] = 'closed';
  let failures = 0;
  let rests = 0;
  let openedAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  const become = (next: Circuit['state']) => {
    if (state === next) return;
    state = next;
    if (next === 'closed') openedAt = null;
    else openedAt ??= performance.now();
    changed(next);
  };
  return {
    get state() {
      return state;
    },
    get openMs() {
      return openedAt === null ? null : performance.now() - openedAt;
    },
    // Also called for jobs that started before the circuit opened: an engine that succeeds works again.
    succeeded() {
      failures = 0;
      rests = 0;
      clearTimeout(timer);
      become('closed');
    },
    failed() {
      failures += 1;
      if (state === 'open' || (state === 'closed' && failures < failuresToOpen)) return;
      timer = setTimeout(() => become('half-open'), Math.min(maxRestMs, restMs * 2 ** rests));
      rests += 1;
      become('open');
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * Wraps an engine so that its jobs count in the circuit, and it is `resting` while the circuit is open. `changeModel` is
 * left out: models are changed on the engine itself (worker/start-worker.ts).
 * @param isPaused returns whether an admin has paused the engine
 */
export function withCircuit(engine: Engine, circuit: Circuit, isPaused: () => boolean = () => false): Engine {
  return {
    profile: engine.profile,
    ...(engine.models && { models: () => engine.models?.() ?? [] }),
    prepare: () => engine.prepare(),
    whenReady: (signal) => engine.whenReady(signal),
    ...(engine.probe && { probe: engine.probe.bind(engine) }),
    close: () => engine.close(),
    readiness() {
      const readiness = engine.readiness();
      if (readiness.state !== 'unavailable' && isPaused()) return { state: 'paused' };
      return readiness.state === 'ready' && circuit.state === 'open' ? { state: 'resting' } : readiness;
    },
    async transcribe(chunk, options, hooks) {
      try {
        const transcript = await engine.transcribe(chunk, options, hooks);
        circuit.succeeded();
        return transcript;
      } catch (error) {
        if (isEnginesFault(error, hooks.signal)) circuit.failed();
        throw error;
      }
    },
  };
}

/**
 * Returns whether a failure counts against the engine. Rejected audio and stopped jobs do not; a job past its deadline
 * does.
 */
function isEnginesFault(error: unknown, signal: AbortSignal): boolean {
  if (signal.aborted) return signal.reason instanceof JobAborted && signal.reason.reason === 'deadline';
  const { code } = toDabirError(error);
  const faults = [
    'engine_failed',
    'engine_response_unknown',
    'engine_unavailable',
    'engine_account',
    'internal',
  ];
  return faults.includes(code);
}
