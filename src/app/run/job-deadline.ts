import { JobAborted } from '../../domain/job-aborted.ts';

/** Ends of a job besides its lease: the end of this process, and a deadline. */
export type JobDeadline = {
  /** Aborts with a JobAborted ('shutdown' or 'deadline'). */
  readonly signal: AbortSignal;
  /** Sets the deadline, in ms from the start of the work. */
  setDeadline(ms: number): void;
  end(): void;
};

/**
 * Starts the deadline of a job.
 * @param deadlineMs deadline until the length of the audio is known, in ms
 */
export function startJobDeadline(shutdown: AbortSignal, deadlineMs: number): JobDeadline {
  const controller = new AbortController();
  const startedAt = performance.now();
  const onShutdown = () => controller.abort(new JobAborted('shutdown'));
  const onDeadline = () => controller.abort(new JobAborted('deadline'));
  let timer = setTimeout(onDeadline, deadlineMs);
  shutdown.addEventListener('abort', onShutdown, { once: true });
  return {
    signal: controller.signal,
    setDeadline(ms) {
      clearTimeout(timer);
      timer = setTimeout(onDeadline, Math.max(0, ms - (performance.now() - startedAt)));
    },
    end() {
      clearTimeout(timer);
      shutdown.removeEventListener('abort', onShutdown);
    },
  };
}
