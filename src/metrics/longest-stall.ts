import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The event loop is looked at so often, in milliseconds; shorter stalls are not told apart from none. */
const resolutionMs = 10;
/** The longest stall is kept for each stretch of so many milliseconds, */
const stretchMs = 5_000;
/** and told for so many stretches: a minute, since Prometheus asks once a minute by default. */
const stretches = 12;

/**
 * Starts to watch the event loop of this process. Returns a function that returns how long it was held up at most within
 * the last minute, in seconds.
 *
 * The lags of prom-client do not show a single stall: one is measured while it is asked for, the others are shares of
 * thousands of samples; its maximum is forgotten as soon as anybody has asked. This one stays for a minute, whoever asks.
 */
export function watchStalls(): () => number {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  let earlier: number[] = [];
  // While nothing was recorded the maximum of a histogram is 0.
  const longestNow = () => Math.max(0, delays.max / 1e9 - resolutionMs / 1_000);
  const timer = setInterval(() => {
    earlier = [longestNow(), ...earlier].slice(0, stretches);
    delays.reset();
  }, stretchMs);
  timer.unref();
  return () => Math.max(longestNow(), ...earlier);
}
