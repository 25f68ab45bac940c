import type { Engine } from '../domain/engine.ts';
import { toDabirError } from '../domain/errors.ts';
import { Stopped } from '../domain/stopped.ts';

/** So many failures in a row, and the engine is left alone for a while. */
const failuresToOpen = 5;

/** The first rest, in milliseconds; each one after a vain try is twice as long, up to the longest. */
const firstRestMs = 30_000;
const longestRestMs = 5 * 60_000;

/**
 * Keeps files away from an engine that fails: closed, it gets them all; open, none; half open, one to try. Files stay
 * in their lanes meanwhile instead of using up their attempts.
 */
export type Circuit = {
  readonly state: 'closed' | 'open' | 'half-open';
  /** Milliseconds since it was last closed, through every vain try; null while it is closed. */
  readonly openMs: number | null;
  succeeded(): void;
  failed(): void;
  close(): void;
};

/**
 * @param changed called after each change of state
 * @param restMs the first rest
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
    // Also of a file that was begun before the circuit opened: whoever succeeds is well.
    succeeded() {
      failures = 0;
      rests = 0;
      clearTimeout(timer);
      become('closed');
    },
    failed() {
      failures += 1;
      if (state === 'open' || (state === 'closed' && failures < failuresToOpen)) return;
      timer = setTimeout(() => become('half-open'), Math.min(longestRestMs, restMs * 2 ** rests));
      rests += 1;
      become('open');
    },
    close: () => clearTimeout(timer),
  };
}

/**
 * The engine with each of its files counted in the circuit; at rest while that is open.
 * @param isPaused whether an admin has paused it
 */
export function guarded(engine: Engine, circuit: Circuit, isPaused: () => boolean = () => false): Engine {
  return {
    profile: engine.profile,
    prepare: () => engine.prepare(),
    whenReady: (signal) => engine.whenReady(signal),
    ...(engine.probe && { probe: engine.probe.bind(engine) }),
    close: () => engine.close(),
    readiness() {
      const readiness = engine.readiness();
      if (readiness.state !== 'unavailable' && isPaused()) return { state: 'paused' };
      return readiness.state === 'ready' && circuit.state === 'open' ? { state: 'resting' } : readiness;
    },
    async transcribe(part, options, hooks) {
      try {
        const transcript = await engine.transcribe(part, options, hooks);
        circuit.succeeded();
        return transcript;
      } catch (error) {
        if (isEnginesFault(error, hooks.signal)) circuit.failed();
        throw error;
      }
    },
  };
}

/** A file that the engine refuses and work that was called off say nothing about the engine; a hung one does. */
function isEnginesFault(error: unknown, signal: AbortSignal): boolean {
  if (signal.aborted) return signal.reason instanceof Stopped && signal.reason.reason === 'deadline';
  const { code } = toDabirError(error);
  return code === 'engine_failed' || code === 'engine_unavailable' || code === 'internal';
}
