/** Samples of 16 kHz mono audio, from -1 to 1. */
export type Samples = Float32Array;

const rate = 16_000;
/** Samples of 20 ms. */
const step = rate / 50;
/** Level of undamaged speech: the 95th percentile of the root mean square of 20 ms, as a microphone gives it. */
const usualLevel = 0.1;

/** Ways to damage a recording, by name. Each returns new samples, the same ones at each run. */
export const damages: Readonly<Record<string, (speech: Samples) => Samples>> = {
  'noise 10 dB': (speech) => mix(speech, noise(speech.length), 10),
  'noise 0 dB': (speech) => mix(speech, noise(speech.length), 0),
  'telephone band': telephone,
  'quiet -45 dB': (speech) => scale(speech, gainOf(-45) * (usualLevel / levelOf(speech))),
  'quiet -50 dB': (speech) => scale(speech, gainOf(-50) * (usualLevel / levelOf(speech))),
  clipped: (speech) => scale(speech, gainOf(12) / peakOf(speech)),
  'music 10 dB': (speech) => mix(speech, music(speech.length), 10),
  'music 0 dB': (speech) => mix(speech, music(speech.length), 0),
};

/** Sounds without speech, by name; the right transcript of each is empty. */
export const sounds: Readonly<Record<string, (seconds: number) => Samples>> = {
  silence: (seconds) => new Float32Array(seconds * rate),
  'noise alone': (seconds) => scale(noise(seconds * rate), usualLevel / 2),
  hum: (seconds) =>
    Float32Array.from({ length: seconds * rate }, (_, at) => 0.05 * wave(50, at) + 0.02 * wave(150, at)),
  'music alone': (seconds) => scale(music(seconds * rate), 0.3),
};

/** Repeats samples until they last as long as this, in seconds; at least once. */
export function repeat(speech: Samples, seconds: number): { samples: Samples; times: number } {
  const times = Math.max(1, Math.ceil((seconds * rate) / speech.length));
  const samples = new Float32Array(times * speech.length);
  for (let at = 0; at < samples.length; at += speech.length) samples.set(speech, at);
  return { samples, times };
}

const gainOf = (decibels: number) => 10 ** (decibels / 20);
const wave = (frequency: number, at: number) => Math.sin((2 * Math.PI * frequency * at) / rate);

function scale(samples: Samples, gain: number): Samples {
  return samples.map((sample) => Math.max(-1, Math.min(1, sample * gain)));
}

/** Adds a sound that lies this far below the speech. */
function mix(speech: Samples, sound: Samples, decibels: number): Samples {
  const gain = levelOf(speech) / levelOf(sound) / gainOf(decibels);
  const sum = speech.map((sample, at) => sample + gain * (sound[at] ?? 0));
  return scale(sum, Math.min(1, 0.99 / peakOf(sum)));
}

/** Returns the level of the loud moments: the 95th percentile of the root mean square of 20 ms. */
function levelOf(samples: Samples): number {
  const levels = Array.from({ length: Math.max(1, Math.floor(samples.length / step)) }, (_, index) => {
    const part = samples.subarray(index * step, (index + 1) * step);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, part.length));
  }).toSorted((a, b) => a - b);
  return levels[Math.floor(levels.length * 0.95)] || 1e-9;
}

const peakOf = (samples: Samples) => samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 1e-9);

/** White noise with a normal distribution, always the same. */
function noise(length: number): Samples {
  let seed = 20_261_130;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (seed + 0.5) / 2 ** 32;
  };
  return Float32Array.from({ length }, () => {
    const radius = Math.sqrt(-2 * Math.log(random()));
    return 0.2 * radius * Math.cos(2 * Math.PI * random());
  });
}

/** Chords of A minor, F, C and G, two seconds each. */
const chords: readonly (readonly number[])[] = [
  [220, 261.6, 329.6],
  [174.6, 220, 261.6],
  [130.8, 261.6, 329.6],
  [196, 246.9, 293.7],
];

/** Chords with overtones and a beat: pitched sound that changes, but no voice. */
function music(length: number): Samples {
  const beat = noise(length);
  return Float32Array.from({ length }, (_, at) => {
    const chord = chords[Math.floor(at / (2 * rate)) % chords.length] ?? [];
    const sinceBeat = (at % (rate / 2)) / rate;
    const tone = chord.reduce(
      (sum, note) => sum + wave(note, at) + wave(2 * note, at) / 2 + wave(3 * note, at) / 4,
      0,
    );
    return (
      0.12 * tone * (0.6 + 0.4 * Math.exp(-4 * sinceBeat)) + 0.5 * (beat[at] ?? 0) * Math.exp(-40 * sinceBeat)
    );
  });
}

/** A telephone: 300 to 3,400 Hz, and 8 bits of µ-law (ITU-T G.711). */
function telephone(speech: Samples): Samples {
  const banded = filter(filter(speech, highPass(300)), lowPass(3_400));
  const loud = scale(banded, 0.7 / peakOf(banded));
  return loud.map((sample) => {
    const compressed = Math.round((127 * Math.log1p(255 * Math.abs(sample))) / Math.log(256)) / 127;
    return (Math.sign(sample) * (256 ** compressed - 1)) / 255;
  });
}

type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

/** Second-order filters (Robert Bristow-Johnson's cookbook), Q = 0.707; they run twice for 24 dB an octave. */
function highPass(frequency: number): Biquad {
  const { cos, alpha } = angle(frequency);
  const a0 = 1 + alpha;
  return [(1 + cos) / 2 / a0, -(1 + cos) / a0, (1 + cos) / 2 / a0, (-2 * cos) / a0, (1 - alpha) / a0];
}

function lowPass(frequency: number): Biquad {
  const { cos, alpha } = angle(frequency);
  const a0 = 1 + alpha;
  return [(1 - cos) / 2 / a0, (1 - cos) / a0, (1 - cos) / 2 / a0, (-2 * cos) / a0, (1 - alpha) / a0];
}

function angle(frequency: number): { cos: number; alpha: number } {
  const omega = (2 * Math.PI * frequency) / rate;
  return { cos: Math.cos(omega), alpha: Math.sin(omega) / Math.SQRT2 };
}

function filter(samples: Samples, biquad: Biquad): Samples {
  return filterOnce(filterOnce(samples, biquad), biquad);
}

function filterOnce(samples: Samples, [b0, b1, b2, a1, a2]: Biquad): Samples {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((sample) => {
    const result = b0 * sample + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, sample, y1, result];
    return result;
  });
}
