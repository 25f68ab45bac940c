import { readFile, writeFile } from 'node:fs/promises';
import { wavHeader } from '../../src/media/wav.ts';

/** A stretch in which a known speaker speaks, in seconds. */
export type KnownTurn = readonly [start: number, end: number, speaker: string];

const rate = 16_000;
const headerBytes = 44;
/** Pause between two turns, in seconds. */
const pauseSeconds = 0.4;
/** Silence within a voice that is no longer speech, in seconds. */
const longSilence = 0.5;

/** A piece of a WAV file of 16 kHz mono 16-bit in which one speaker speaks. */
export type VoicePiece = {
  readonly speaker: string;
  readonly wav: string;
  /** In seconds. */
  readonly range: readonly [start: number, end: number];
  /** Plays it faster and higher, which makes another voice of it; 1 if absent. */
  readonly speed?: number;
};

/**
 * Joins pieces of voices into a recording in which it is known who speaks when. A piece is speech where it is not more
 * than 30 dB below its loud moments.
 */
export async function composeTurns(
  path: string,
  pieces: readonly VoicePiece[],
): Promise<readonly KnownTurn[]> {
  const buffers: Buffer[] = [];
  const turns: KnownTurn[] = [];
  let at = 0;
  for (const { speaker, wav, range, speed = 1 } of pieces) {
    const [from, to] = range.map((seconds) => headerBytes + Math.round(seconds * rate) * 2);
    const samples = playedFaster((await readFile(wav)).subarray(from, to), speed);
    for (const [start, end] of spokenRanges(samples)) turns.push([at + start, at + end, speaker]);
    const pause = Buffer.alloc(Math.round(pauseSeconds * rate) * 2);
    buffers.push(samples, pause);
    at += (samples.length + pause.length) / 2 / rate;
  }
  const data = Buffer.concat(buffers);
  await writeFile(path, Buffer.concat([wavHeader(data.length), data]));
  return turns;
}

function playedFaster(samples: Buffer, speed: number): Buffer {
  const count = samples.length / 2;
  const faster = Buffer.alloc(Math.floor((count - 1) / speed) * 2);
  for (let at = 0; at < faster.length / 2; at++) {
    const place = at * speed;
    const before = samples.readInt16LE(Math.floor(place) * 2);
    const after = samples.readInt16LE(Math.min(count - 1, Math.floor(place) + 1) * 2);
    faster.writeInt16LE(Math.round(before + (after - before) * (place % 1)), at * 2);
  }
  return faster;
}

function spokenRanges(samples: Buffer): [number, number][] {
  const step = rate / 100;
  const levels: number[] = [];
  for (let at = 0; at + step * 2 <= samples.length; at += step * 2) {
    let energy = 0;
    for (let sample = 0; sample < step; sample++) energy += samples.readInt16LE(at + sample * 2) ** 2;
    levels.push(10 * Math.log10(energy / step + 1e-3));
  }
  const loud = levels.toSorted((a, b) => a - b)[Math.floor(levels.length * 0.95)] ?? 0;
  const ranges: [number, number][] = [];
  for (const [index, level] of levels.entries()) {
    if (level < loud - 30) continue;
    const last = ranges.at(-1);
    if (last !== undefined && index / 100 - last[1] < longSilence) last[1] = (index + 1) / 100;
    else ranges.push([index / 100, (index + 1) / 100]);
  }
  return ranges;
}
