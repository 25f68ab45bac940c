/**
 * `npm run bench:voices -- DIR` measures how well voices are recognised. `DIR/<speaker>/<recording>.wav` (16 kHz mono 16-bit)
 * has one speaker each. Every recording is described, and each pair of recordings compared: of the same speaker, the names
 * that are used, offered or missed; of different speakers, those that are used or offered falsely. `--seconds 20` describes
 * only the beginning of each. Writes bench/results/voices.json.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Voice } from '../src/domain/voice-match.ts';
import { recogniseVoices, voiceSimilarity } from '../src/domain/voice-match.ts';
import { createSpeakerFinder } from '../src/engines/speakers/speaker-finder.ts';
import { bytesPerSample, sampleRate, wavHeaderBytes } from '../src/media/wav.ts';
import { loadConfig } from '../src/runtime/config.ts';
import { speakerFinderConfig } from '../src/runtime/engine-settings.ts';
import { writeResult } from './support/results.ts';

type Described = { readonly speaker: string; readonly name: string; readonly voice: Voice };

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('npm run bench:voices -- DIR');
const at = process.argv.indexOf('--seconds');
const maxSeconds = at < 0 ? Number.POSITIVE_INFINITY : Number(process.argv[at + 1]);
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (fields: object, message: string) => console.log(message, fields),
  error: (fields: object, message: string) => console.log(message, fields),
};
const finder = createSpeakerFinder(speakerFinderConfig(loadConfig(process.env)), log);
try {
  const described: Described[] = [];
  for (const speaker of (await readdir(folder)).sort()) {
    for (const name of (await readdir(join(folder, speaker)))
      .filter((file) => file.endsWith('.wav'))
      .sort()) {
      const voice = await describe(join(folder, speaker, name));
      if (voice === null) console.log(`${speaker}/${name}: too brief`);
      else described.push({ speaker, name, voice });
    }
  }
  const result = compare(described);
  console.table(result.pairs);
  console.log(result.counts);
  await writeResult('voices', result);
} finally {
  await finder.close();
}

async function describe(path: string): Promise<Voice | null> {
  const durationSeconds = ((await stat(path)).size - wavHeaderBytes) / bytesPerSample / sampleRate;
  const range = { start: 0, end: Math.min(durationSeconds, maxSeconds) };
  const voice = await finder.describe({ path, durationSeconds }, [range], new AbortController().signal);
  if (voice === 'unavailable') throw new Error('voices cannot be described on this machine');
  return voice;
}

/** Returns the similarity of each pair, and how often a name is used, offered or missed. */
function compare(described: readonly Described[]) {
  const counts = {
    same: { used: 0, offered: 0, missed: 0 },
    different: { used: 0, offered: 0, missed: 0 },
  };
  const pairs = described.flatMap((one, index) =>
    described.slice(index + 1).map((other) => {
      const kind = one.speaker === other.speaker ? 'same' : 'different';
      const found = recogniseVoices(new Map([[0, one.voice]]), [{ name: 'x', voice: other.voice }]).get(0);
      const answer = found === undefined ? 'missed' : found.isCertain ? 'used' : 'offered';
      counts[kind][answer] += 1;
      const similarity = Math.round(voiceSimilarity(one.voice, other.voice) * 1000) / 1000;
      return {
        one: `${one.speaker}/${one.name}`,
        other: `${other.speaker}/${other.name}`,
        kind,
        similarity,
        answer,
      };
    }),
  );
  return { counts, pairs: pairs.toSorted((a, b) => b.similarity - a.similarity) };
}
