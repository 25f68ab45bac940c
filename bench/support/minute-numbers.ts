import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const rate = 16_000;
/** Delay of the speech after the full minute, in seconds. */
const offsetSeconds = 1;

/** Sentences before the number, so that the voice does not repeat itself for two hours. */
const sentences = [
  'The train to the coast leaves from platform nine.',
  'My sister planted two apple trees behind the house.',
  'Nobody in the office had seen the blue folder.',
  'We will need bread, cheese and a bottle of milk.',
  'The museum opens later on rainy days.',
  'His grandfather repaired clocks for forty years.',
  'Please close the window before the storm comes.',
  'They walked along the river until it was dark.',
  'A letter from the bank arrived this morning.',
  'The children built a boat out of old boxes.',
  'Her first book was about birds and mountains.',
  'Somebody left an umbrella in the waiting room.',
  'The doctor asked him to come back on Friday.',
];

/** When each minute's number is said, in seconds: its first sound and its last. */
export type Truth = readonly {
  readonly minute: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}[];

/**
 * Makes an audio file in which a synthetic voice says the number of each minute, with the noise of a room
 * between, as Opus in Ogg (16 kbit/s). Needs `espeak-ng` and `ffmpeg`.
 */
export async function recordMinuteNumbers(
  folder: string,
  minutes: number,
): Promise<{ path: string; truth: Truth }> {
  const truth: { minute: number; text: string; start: number; end: number }[] = [];
  const pcm = join(folder, 'minutes.pcm');
  await writeFile(pcm, '');
  for (let minute = 0; minute < minutes; minute += 1) {
    const text = `${sentences[minute % sentences.length]} It is now minute ${minute}.`;
    const spoken = await say(join(folder, 'number.wav'), text);
    const samples = roomNoise(60 * rate, minute);
    const at = offsetSeconds * rate;
    for (let index = 0; index < spoken.length; index += 1) samples[at + index] = spoken[index] ?? 0;
    await writeFile(pcm, new Uint8Array(samples.buffer), { flag: 'a' });
    const start = minute * 60 + offsetSeconds;
    truth.push({
      minute,
      text,
      start: start + firstSound(spoken) / rate,
      end: start + lastSound(spoken) / rate,
    });
  }
  const path = join(folder, 'minutes.ogg');
  const input = ['-f', 's16le', '-ar', `${rate}`, '-ac', '1', '-i', pcm];
  await run('ffmpeg', ['-v', 'error', '-y', ...input, '-c:a', 'libopus', '-b:a', '16k', path]);
  await rm(pcm);
  return { path, truth };
}

async function say(path: string, text: string): Promise<Int16Array> {
  const spoken = `${path}.raw.wav`;
  await run('espeak-ng', ['-v', 'en-us', '-s', '140', '-w', spoken, text]);
  await run('ffmpeg', ['-v', 'error', '-y', '-i', spoken, '-ar', `${rate}`, '-ac', '1', '-f', 's16le', path]);
  const bytes = await readFile(path);
  return new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2));
}

/** Returns noise 50 dB below full scale, the same for the same seed. */
function roomNoise(length: number, seed: number): Int16Array {
  const samples = new Int16Array(length);
  let state = seed + 1;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    samples[index] = (state / 2 ** 32 - 0.5) * 2 * 180;
  }
  return samples;
}

const isSound = (sample: number) => Math.abs(sample) > 600;
const firstSound = (samples: Int16Array) => samples.findIndex(isSound);
const lastSound = (samples: Int16Array) => samples.findLastIndex(isSound);
