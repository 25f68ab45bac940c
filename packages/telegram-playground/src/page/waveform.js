// The shape of a sound as bars. Decoded in the browser, one file at a time, and only for small files.

import { svg } from './dom.js';

const barCount = 48;
/** Maximum bytes and seconds of a decoded file (a minute decoded at 8 kHz takes 2 MB). */
const largest = 3 * 1024 * 1024;
const longest = 15 * 60;

/** @type {Map<string, Promise<number[] | null>>} */
const known = new Map();
/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * Returns the loudness of a file in 48 steps.
 * @param {string} url
 * @param {{ size: number | undefined, durationSeconds: number | undefined }} about
 * @returns {Promise<number[] | null>} each 0 to 1; null when the file is too large or cannot be decoded
 */
export function loudness(url, { size, durationSeconds }) {
  if (size === undefined || size > largest || (durationSeconds ?? 0) > longest) return Promise.resolve(null);
  let result = known.get(url);
  if (!result) {
    result = queue.then(() => decode(url)).catch(() => null);
    queue = result;
    known.set(url, result);
  }
  return result;
}

/** @param {string} url */
async function decode(url) {
  const response = await fetch(url);
  if (!response.ok) return null;
  // Decoding resamples to the context's own rate: 8 kHz is enough for a picture.
  const context = new OfflineAudioContext(1, 1, 8000);
  const decoded = await context.decodeAudioData(await response.arrayBuffer());
  return summarise(decoded.getChannelData(0));
}

/** @param {Float32Array} samples */
function summarise(samples) {
  const step = Math.max(1, samples.length / barCount);
  const bars = Array.from({ length: barCount }, (_, bar) => {
    const end = Math.min(samples.length, Math.floor((bar + 1) * step));
    let sum = 0;
    let count = 0;
    for (let index = Math.floor(bar * step); index < end; index += 1) {
      sum += (samples[index] ?? 0) ** 2;
      count += 1;
    }
    return count > 0 ? Math.sqrt(sum / count) : 0;
  });
  const loudest = Math.max(...bars);
  // The root lifts quiet speech, as ears do.
  return loudest > 0 ? bars.map((bar) => Math.sqrt(bar / loudest)) : bars;
}

const barWidth = 3;
const barGap = 2;
const height = 28;

/**
 * Creates a drawing of 48 bars, flat until it is given their heights.
 * @returns {{ node: SVGElement, draw: (bars: number[]) => void, play: (fraction: number) => void }}
 */
export function createWaveform() {
  const bars = Array.from({ length: barCount }, (_, index) =>
    svg('rect', { x: index * (barWidth + barGap), width: barWidth, rx: barWidth / 2 }),
  );
  const node = svg(
    'svg',
    {
      class: 'waveform',
      viewBox: `0 0 ${barCount * (barWidth + barGap) - barGap} ${height}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    ...bars,
  );
  const draw = (/** @type {number[]} */ values) => {
    for (const [index, bar] of bars.entries()) {
      const tall = Math.max(barWidth, (values[index] ?? 0) * height);
      bar.setAttribute('height', tall.toFixed(1));
      bar.setAttribute('y', ((height - tall) / 2).toFixed(1));
    }
  };
  draw([]);
  return {
    node: /** @type {SVGElement} */ (node),
    draw,
    play: (fraction) => {
      for (const [index, bar] of bars.entries())
        bar.classList.toggle('played', (index + 0.5) / barCount <= fraction);
    },
  };
}
