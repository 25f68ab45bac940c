import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Sampling interval of the event loop's delay, in ms. Shorter stalls are not detected, and a longer one may be shown as
 * shorter by up to this time; the alert is at 500 ms. Each sample wakes the process: every 10 ms that is 250 ms of
 * processor time a minute, half of what a bot without work used (npm run bench:idle).
 */
export const resolutionMs = 50;
/** The longest stall is kept for each interval of this length, in ms. */
const stretchMs = 5_000;
/** Number of intervals that are kept: a minute in total, because Prometheus scrapes once a minute by default. */
const stretches = 12;

/**
 * Starts to watch the event loop of this process. Returns a function that returns the longest stall of the last
 * minute, in seconds.
 *
 * prom-client's lag metrics hide a single stall: one is measured only during the scrape, the others are quantiles
 * of thousands of samples, and their maximum is reset by each scrape. This value stays for a minute, however
 * often it is read.
 */
export function watchStalls(): () => number {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  let earlier: number[] = [];
  // The maximum of an empty histogram is 0.
  const maxNow = () => Math.max(0, delays.max / 1e9 - resolutionMs / 1_000);
  const timer = setInterval(() => {
    earlier = [maxNow(), ...earlier].slice(0, stretches);
    delays.reset();
  }, stretchMs);
  timer.unref();
  return () => Math.max(maxNow(), ...earlier);
}
